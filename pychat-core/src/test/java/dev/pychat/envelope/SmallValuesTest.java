package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.open.MalformedException;
import dev.pychat.model.Bytes;
import dev.pychat.model.LaneId;
import dev.pychat.model.Position;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SmallValuesTest {

    private final Talk talk = new Talk(Party.alice(), Party.bob(), 51);

    @Test
    void paddingGrowsByAtMostAnEighthAboveItsFloor() {
        for (int length = 257; length <= Plaintext.FIXED + 65_536; length++) {
            int padded = Padme.padded(length);
            assertThat(padded).isGreaterThanOrEqualTo(length).isLessThanOrEqualTo(length + length / 8 + 1);
            assertThat(Padme.isPadded(padded)).isTrue();
        }
        assertThat(IntStream.rangeClosed(1, 256).map(Padme::padded)).containsOnly(256);
        assertThat(Padme.isPadded(255)).isFalse();
        assertThat(Padme.isPadded(257)).isFalse();
    }

    @Test
    void noHeadIsAllZeroAndNothingElseIs() throws Exception {
        assertThat(LaneHead.NONE.encode()).isEqualTo(Bytes.adopt(new byte[LaneHead.SIZE]));
        assertThat(LaneHead.decode(LaneHead.NONE.encode())).isSameAs(LaneHead.NONE);
        byte[] almost = new byte[LaneHead.SIZE];
        almost[LaneHead.SIZE - 1] = 1;
        assertThatThrownBy(() -> LaneHead.decode(Bytes.adopt(almost))).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @EnumSource(FindingCode.class)
    void findingSurvivesStoringWithItsRemedy(FindingCode code) throws Exception {
        Finding finding =
                Finding.span(talk.at(7, talk.say("x")), code, "what was found", new Position(3), new Position(7));
        assertThat(Finding.decode(finding.encode())).isEqualTo(finding);
        assertThat(finding.remedy()).endsWith(".");
        assertThat(finding.about(talk.at(8, talk.say("y"))).position()).isEqualTo(new Position(8));
    }

    @Test
    void findingsThatShowTheMessageAreThoseAboutItsSurroundings() {
        assertThat(Arrays.stream(FindingCode.values()).filter(FindingCode::showsMessage))
                .containsExactly(
                        FindingCode.GAP,
                        FindingCode.LANE_FORKED,
                        FindingCode.AFTER_CLOSE,
                        FindingCode.POOL_WITHHELD,
                        FindingCode.OLD_BUNDLE_SERVED,
                        FindingCode.VIEWS_DIFFER);
    }

    @Test
    void transcriptTakesMessagesInOrderOnly() {
        Receiver receiver = new Receiver(Party.bob(), Party.alice());
        Sealed sealed = talk.say("x");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> receiver.take(talk.at(2, sealed), talk.header(sealed)))
                .withMessageContaining("message 2");
    }

    @Test
    void missingNumbersAreRememberedInPartsAndBounded() {
        Gaps gaps = Gaps.NONE.with(5, 9).without(7);
        assertThat(gaps.contains(6)).isTrue();
        assertThat(gaps.contains(7)).isFalse();
        assertThat(gaps.contains(8)).isTrue();
        assertThat(gaps.without(5).without(6).without(8).without(9)).isEqualTo(Gaps.NONE);
        Gaps many = Gaps.NONE;
        for (int i = 0; i < 100; i++) {
            many = many.with(10L * i, 10L * i + 2);
        }
        assertThat(many.spans()).hasSize(Gaps.MAX);
        assertThat(many.contains(990)).isTrue();
    }

    @Test
    void lanesAreBoundedAndTheOldestGoesFirst() {
        Lanes lanes = Lanes.NONE;
        LaneTrack first = LaneTrack.empty(LaneId.random(talk.random));
        lanes = lanes.with(talk.sender.name, first);
        for (int i = 0; i < Lanes.MAX; i++) {
            lanes = lanes.with(talk.sender.name, LaneTrack.empty(LaneId.random(talk.random)));
        }
        assertThat(lanes.tracks()).hasSize(Lanes.MAX);
        assertThat(lanes.of(talk.sender.name, first.lane())).isEmpty();
    }
}
