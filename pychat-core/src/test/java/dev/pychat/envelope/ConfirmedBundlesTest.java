package dev.pychat.envelope;

import static dev.pychat.envelope.ConfirmedBundles.MAX;
import static dev.pychat.envelope.ConfirmedBundles.NONE;
import static dev.pychat.envelope.ConfirmedBundles.TOLERANCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.open.MalformedException;
import dev.pychat.model.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfirmedBundlesTest {

    /** The bundle of the epoch has serial 1 and was fetched at {@link Party#NOW}. */
    private static final Instant LONG_BEFORE = Party.NOW.minus(TOLERANCE).minusMillis(1);

    private final Talk talk = new Talk(Party.alice(), Party.bob(), 1);
    private final Sealed sealed = talk.say("hello");

    private Optional<FindingCode> judged(ConfirmedBundles bundles) {
        return bundles.judge(talk.at(1, sealed), talk.epochs.get(sealed.epoch()).opened())
                .map(Finding::code);
    }

    @Test
    void bundleThatWasReplacedForLongWhenItWasFetchedIsFound() {
        assertThat(judged(NONE.with(1, LONG_BEFORE).with(2, LONG_BEFORE))).contains(FindingCode.OLD_BUNDLE_SERVED);
        assertThat(judged(NONE.with(1, LONG_BEFORE).with(2, LONG_BEFORE.plusMillis(1))))
                .isEmpty();
        assertThat(judged(NONE.with(1, LONG_BEFORE))).isEmpty();
        assertThat(judged(NONE)).isEmpty();
    }

    @Test
    void onlyTheFirstConfirmationOfABundleCounts() {
        ConfirmedBundles bundles = NONE.with(2, LONG_BEFORE).with(2, Party.NOW).with(1, Party.NOW);
        assertThat(bundles).isEqualTo(NONE.with(2, LONG_BEFORE));
        assertThat(judged(bundles)).contains(FindingCode.OLD_BUNDLE_SERVED);
    }

    @Test
    void whatIsKeptIsReadAgainAndOfManyTheLatest() throws Exception {
        ConfirmedBundles bundles = NONE;
        for (int serial = 1; serial <= MAX + 10; serial++) {
            bundles = bundles.with(serial, LONG_BEFORE.plus(Duration.ofDays(serial)));
            assertThat(ConfirmedBundles.decode(bundles.encode())).isEqualTo(bundles);
        }
        assertThat(bundles.encode().size()).isEqualTo(2 + MAX * 16);
        assertThat(bundles).hasToString(bundles.toString()).isNotEqualTo(NONE);
    }

    @Test
    void whatIsNotOfItsFormIsRefused() {
        for (String wrong : new String[] {
            "",
            "0200",
            "0121",
            "0100" + "00",
            "0101" + "0000000000000000" + "0000000000000001",
            "0102" + ("0000000000000002" + "0000000000000001").repeat(2)
        }) {
            assertThatThrownBy(() -> ConfirmedBundles.decode(Bytes.fromHex(wrong)))
                    .as(wrong)
                    .isInstanceOf(MalformedException.class);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NONE.with(0, Party.NOW))
                .withMessageContaining("serial 0");
    }
}
