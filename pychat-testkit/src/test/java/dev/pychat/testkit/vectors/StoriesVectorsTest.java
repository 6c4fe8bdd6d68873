package dev.pychat.testkit.vectors;

import static dev.pychat.testkit.vectors.Vectors.ALICE;
import static dev.pychat.testkit.vectors.Vectors.BOB;
import static dev.pychat.testkit.vectors.Vectors.REALM;
import static dev.pychat.testkit.vectors.Vectors.hex;
import static dev.pychat.testkit.vectors.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.MessageIndex;
import dev.pychat.envelope.Taken;
import dev.pychat.envelope.Transcript;
import dev.pychat.model.StoredMessage;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs of several messages, each with what has to be found at each position. */
class StoriesVectorsTest {

    @TestFactory
    Stream<DynamicTest> eachMessageGivesItsFindingsAndNoOther() {
        return Vectors.list("stories").stream()
                .map(story -> DynamicTest.dynamicTest(string(story, "name"), () -> tell(story)));
    }

    private static void tell(JsonObject story) throws Exception {
        ConversationContext context = BOB.with(ALICE, REALM, 1);
        Transcript transcript = Transcript.fromStart(context.conversation());
        MessageIndex index = new MessageIndex();
        List<JsonObject> messages = Vectors.objects(story.getAsJsonArray("messages"));
        assertThat(messages).isNotEmpty();
        for (JsonObject expected : messages) {
            StoredMessage message =
                    Delivery.damaged(expected).message(transcript.last().next());
            Taken taken = transcript.take(message, BOB.open(context, message, hex(expected, "header")), index);
            List<String> findings = taken.findings().stream()
                    .map(finding -> finding.code().name())
                    .toList();
            assertThat(findings).as("position %s", message.position()).isEqualTo(findings(expected));
            assertThat(taken.shown().isPresent())
                    .as("position %s is shown", message.position())
                    .isEqualTo(expected.get("shown").getAsBoolean());
            index.add(message, taken);
            transcript = Transcript.decode(taken.after().encode());
        }
    }

    static List<String> findings(JsonObject expected) {
        return StreamSupport.stream(expected.getAsJsonArray("findings").spliterator(), false)
                .map(JsonElement::getAsString)
                .toList();
    }
}
