package dev.pychat.testkit.vectors;

import static dev.pychat.testkit.vectors.Vectors.hex;
import static dev.pychat.testkit.vectors.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.LaneHead;
import dev.pychat.envelope.Sealed;
import dev.pychat.envelope.Sealer;
import dev.pychat.envelope.View;
import dev.pychat.model.Content;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import java.util.List;

/** What the vectors of every suite hold alike: two epochs with three messages, and five steps of a view. */
final class SealedVectors {

    private SealedVectors() {}

    /** How an epoch of the vectors is begun with their randomness. */
    interface Beginning {
        void begin(Sealer sealer, ScriptedRandom random, JsonObject epoch) throws Exception;
    }

    /** Seals the messages again and finds the bytes of the vectors; the second epoch is begun after a restart. */
    static void assertSealedAlike(
            ConversationContext context, List<JsonObject> epochs, List<JsonObject> messages, Beginning beginning)
            throws Exception {
        ScriptedRandom random = new ScriptedRandom();
        Sealer sealer = Sealer.onNewLane(context, new LaneId(hex(epochs.get(0), "lane")), random);
        beginning.begin(sealer, random, epochs.get(0));
        seal(sealer, random, messages.get(0));
        seal(sealer, random, messages.get(1));
        Sealer restarted =
                Sealer.continuing(context, LaneHead.decode(sealer.head().encode()), random);
        beginning.begin(restarted, random, epochs.get(1));
        seal(restarted, random, messages.get(2));
        assertThat(random.isUsedUp()).isTrue();
    }

    private static void seal(Sealer sealer, ScriptedRandom random, JsonObject message) throws Exception {
        random.then(hex(message, "fresh"));
        VectorPlaintext plaintext = VectorPlaintext.read(hex(message, "plaintext"));
        Sealed sealed = sealer.seal(
                new MessageId(hex(message, "messageId")),
                Content.text(string(message, "text")),
                plaintext.time(),
                plaintext.readUpTo(),
                plaintext.view());
        assertThat(sealed.envelope().value()).isEqualTo(hex(message, "envelope"));
        assertThat(sealed.envelopeHash()).isEqualTo(hex(message, "envelopeHash"));
        assertThat(sealed.after().encode()).isEqualTo(hex(message, "head"));
        assertThat(sealer.head()).isEqualTo(sealed.after());
    }

    /** Goes through the steps of a view from its start. */
    static void assertViewsAlike(View start, List<JsonObject> steps) {
        View view = start;
        for (JsonObject step : steps) {
            view = view.then(new MessageId(hex(step, "messageId")), hex(step, "envelopeHash"));
            assertThat(view)
                    .isEqualTo(new View(new Position(step.get("position").getAsLong()), hex(step, "hash")));
        }
        assertThat(steps).hasSize(5);
    }
}
