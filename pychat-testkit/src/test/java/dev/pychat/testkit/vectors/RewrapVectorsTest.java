package dev.pychat.testkit.vectors;

import static dev.pychat.testkit.vectors.Vectors.ALICE;
import static dev.pychat.testkit.vectors.Vectors.BOB;
import static dev.pychat.testkit.vectors.Vectors.REALM;
import static dev.pychat.testkit.vectors.Vectors.hex;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.envelope.EpochInspector;
import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.envelope.RewrapAnswer;
import dev.pychat.envelope.RewrapRequest;
import dev.pychat.envelope.SignedEpoch;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.EpochName;
import dev.pychat.model.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Requests for epochs that do not open and their answers, each with what it says and what it opens. */
class RewrapVectorsTest {

    @TestFactory
    Stream<DynamicTest> eachBodySaysWhatItShould() {
        return Vectors.list("rewraps").stream()
                .map(each -> DynamicTest.dynamicTest(Vectors.string(each, "name"), () -> check(each)));
    }

    private static void check(JsonObject vector) {
        Content content = new Content(vector.get("type").getAsInt(), hex(vector, "body"));
        if (vector.get("epochs").isJsonNull()) {
            assertThat(RewrapRequest.of(content)).isEmpty();
            assertThat(RewrapAnswer.of(content)).isEmpty();
        } else if (content.type() == RewrapRequest.TYPE) {
            RewrapRequest request = new RewrapRequest(names(vector, "epochs"));
            assertThat(RewrapRequest.of(content)).contains(request);
            assertThat(request.content()).isEqualTo(content);
        } else {
            checkAnswer(vector, content);
        }
    }

    private static void checkAnswer(JsonObject vector, Content content) {
        try (RewrapAnswer answer = RewrapAnswer.of(content).orElseThrow()) {
            assertThat(answer.epochs()).containsExactlyInAnyOrderElementsOf(names(vector, "epochs"));
            List<OpenedEpoch> opened = opened(answer);
            assertThat(opened).extracting(OpenedEpoch::name).containsExactlyElementsOf(names(vector, "opens"));
            if (opened.size() == answer.epochs().size()) {
                assertThat(RewrapAnswer.content(opened)).isEqualTo(content);
            }
            opened.forEach(OpenedEpoch::close);
        }
    }

    /** In the order of the vectors' epochs. */
    private static List<OpenedEpoch> opened(RewrapAnswer answer) {
        EpochInspector inspector = new EpochInspector(BOB.with(ALICE, REALM, 1));
        List<OpenedEpoch> opened = new ArrayList<>();
        for (JsonObject epoch : Vectors.list("epochs")) {
            StoredMessage message = messageOf(epoch);
            SignedEpoch signed = (SignedEpoch) inspector.inspect(message, hex(epoch, "header"));
            try (SecretBytes secret = answer.secret(signed.name()).orElse(SecretBytes.adopt(new byte[32]))) {
                if (signed.open(message, secret) instanceof OpenedEpoch open) {
                    opened.add(open);
                }
            }
        }
        return opened;
    }

    private static StoredMessage messageOf(JsonObject epoch) {
        return Vectors.list("messages").stream()
                .filter(message -> message.get("epoch").equals(epoch.get("ordinal")))
                .map(message -> new Delivery(message, epoch).message())
                .findFirst()
                .orElseThrow();
    }

    private static List<EpochName> names(JsonObject vector, String field) {
        return StreamSupport.stream(vector.getAsJsonArray(field).spliterator(), false)
                .map(JsonElement::getAsString)
                .map(hex -> new EpochName(Bytes.fromHex(hex)))
                .toList();
    }
}
