package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that was copied with all its state and all its randomness. */
class ClonedSealerTest {

    private final Party alice = Party.alice();
    private final Party bob = Party.bob();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void copiesNeverMeetInKeyAndNonceWithDifferentPlaintexts(long seed) {
        Map<Bytes, String> plaintexts = new HashMap<>();
        for (String text : new String[] {"yes", "no", "yes", "maybe", "no"}) {
            Copy copy = new Copy(seed);
            Sealed sealed = copy.seal(text);
            String before = plaintexts.put(keyAndNonce(copy.epoch, sealed), text);
            assertThat(before == null || before.equals(text))
                    .as("seed %d", seed)
                    .isTrue();
        }
        assertThat(plaintexts).hasSize(3);
    }

    /** The state is the same, and what the copies draw from then on is not. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void copiesWithFreshRandomnessNeverMeetAtAll(long seed) {
        Map<Bytes, String> plaintexts = new HashMap<>();
        String[] texts = {"yes", "no", "yes", "maybe", "no"};
        for (int i = 0; i < texts.length; i++) {
            Copy copy = new Copy(seed);
            copy.random.goOnFrom(1_000_000L * (i + 1));
            for (int n = 0; n < 3; n++) {
                Bytes used = keyAndNonce(copy.epoch, copy.seal(texts[i]));
                assertThat(plaintexts.put(used, texts[i]))
                        .as("seed %d, copy %d, message %d", seed, i, n)
                        .isNull();
                copy.id = MessageId.random(copy.random);
            }
        }
    }

    @Test
    void copiesWithOneTextMakeOneEnvelope() {
        assertThat(new Copy(9).seal("same").envelope())
                .isEqualTo(new Copy(9).seal("same").envelope());
    }

    @Test
    void copiesWithOneTextAndTwoIdsDiffer() {
        Copy first = new Copy(9);
        Copy second = new Copy(9);
        second.id = MessageId.random(new SeededRandom(1234));
        assertThat(keyAndNonce(first.epoch, first.seal("same")))
                .isNotEqualTo(keyAndNonce(second.epoch, second.seal("same")));
    }

    private Bytes keyAndNonce(OpenedEpoch epoch, Sealed sealed) {
        try {
            EnvelopeParts parts = EnvelopeParts.parse(sealed.envelope());
            Bytes aad = Aad.of(epoch.fields(), ConversationContext.fingerprint(epoch.sender()), parts);
            try (SecretBytes messageKey = epoch.messageKey(parts.n());
                    MessageKeys keys = MessageKeys.derive(messageKey, parts.hedge(), aad)) {
                return keys.key().reveal(raw -> Bytes.concat(Bytes.copyOf(raw), keys.nonce()));
            }
        } catch (dev.pychat.crypto.open.MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private final class Copy {

        final SeededRandom random;
        final Sealer sealer;
        final OpenedEpoch epoch;
        MessageId id;

        Copy(long seed) {
            random = new SeededRandom(seed);
            sealer = Sealer.onNewLane(alice.with(bob), LaneId.random(random), random);
            epoch = sealer.beginEpoch(alice.offer(bob), Party.NOW).opened();
            id = MessageId.random(random);
        }

        Sealed seal(String text) {
            View view = View.empty(alice.with(bob).conversation());
            return sealer.seal(id, Content.text(text), Party.NOW, Position.NONE, view);
        }
    }
}
