package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.open.MalformedException;
import dev.pychat.model.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the server's words about a pool contradict each other, and when they do not. */
class PoolWatchTest {

    private static final Instant START = Party.NOW.minus(Duration.ofDays(10));
    private static final Duration TOLERANCE = PoolWatch.TOLERANCE;

    private final Talk talk = new Talk(Party.alice(), Party.bob(), 1);
    private final Sealed sealed = talk.say("hello");

    @Test
    void lastResortWhileThePoolWasNeverDryIsWithheld() {
        PoolWatch.Answer answer = used(filled()).told(after(TOLERANCE), 3, 0);
        assertThat(answer.withheld())
                .singleElement()
                .satisfies(found -> assertThat(found.code()).isEqualTo(FindingCode.POOL_WITHHELD));
        assertThat(answer.after().told(after(Duration.ofDays(9)), 3, 0).withheld())
                .isEmpty();
    }

    @Test
    void uploadsInBetweenLeaveThePoolFilledIfItWasBeforeThem() {
        PoolWatch refilled = filled().told(START.plusSeconds(60), 100, 96).after();
        assertThat(used(refilled).told(after(TOLERANCE), 51, 50).withheld()).hasSize(1);
    }

    @Test
    void aPoolThatWasDryBeforeAnUploadGivesNoFinding() {
        assertThat(used(filled()).told(after(TOLERANCE), 50, 50).withheld()).isEmpty();
        assertThat(used(filled()).told(after(TOLERANCE), 0, 0).withheld()).isEmpty();
        PoolWatch dried = filled().told(START.plusSeconds(60), 0, 0).after();
        assertThat(used(dried).told(after(TOLERANCE), 5, 0).withheld()).isEmpty();
    }

    @Test
    void whatWasMadeWithinADayOfTheSpansEndsIsNotJudged() {
        PoolWatch late = PoolWatch.NONE
                .told(Party.NOW.minus(TOLERANCE).plusMillis(1), 5, 5)
                .after();
        assertThat(used(late).told(after(TOLERANCE), 5, 0).withheld()).isEmpty();
        PoolWatch early = PoolWatch.NONE.told(Party.NOW.minus(TOLERANCE), 5, 5).after();
        PoolWatch.Answer tooSoon = used(early).told(after(TOLERANCE.minusMillis(1)), 5, 0);
        assertThat(tooSoon.withheld()).isEmpty();
        assertThat(tooSoon.after().told(after(TOLERANCE), 5, 0).withheld()).hasSize(1);
    }

    @Test
    void withoutAnEarlierAnswerNothingIsSaid() {
        assertThat(used(PoolWatch.NONE).told(after(TOLERANCE), 5, 0).withheld()).isEmpty();
    }

    @Test
    void whatWaitsIsBoundedAndTheOldestGoesFirst() {
        PoolWatch watch = filled();
        for (int i = 0; i < PoolWatch.MAX_WAITING + 5; i++) {
            watch = used(watch);
        }
        List<Finding> withheld = watch.told(after(TOLERANCE), 1, 0).withheld();
        assertThat(withheld).hasSize(PoolWatch.MAX_WAITING);
    }

    @Test
    void itComesBackAsItWasKept() throws Exception {
        for (PoolWatch watch : List.of(PoolWatch.NONE, filled(), used(filled()), used(PoolWatch.NONE))) {
            assertThat(PoolWatch.decode(watch.encode())).isEqualTo(watch);
            assertThatThrownBy(() -> PoolWatch.decode(Bytes.concat(watch.encode(), Bytes.fromHex("00"))))
                    .isInstanceOf(MalformedException.class);
        }
        PoolWatch kept = PoolWatch.decode(used(filled()).encode());
        assertThat(kept.told(after(TOLERANCE), 3, 0).withheld()).hasSize(1);
    }

    @Test
    void negativeNumbersAreTheCallersBug() {
        assertThatIllegalArgumentException().isThrownBy(() -> PoolWatch.NONE.told(START, -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> PoolWatch.NONE.told(START, 1, -1));
    }

    private static PoolWatch filled() {
        return PoolWatch.NONE.told(START, 5, 5).after();
    }

    private PoolWatch used(PoolWatch watch) {
        return watch.lastResortUsed(
                talk.at(1, sealed), talk.epochs.get(sealed.epoch()).opened());
    }

    private static Instant after(Duration duration) {
        return Party.NOW.plus(duration);
    }
}
