package dev.pychat.testkit.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.envelope.ConfirmedBundles;
import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.model.StoredMessage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the server has confirmed of a recipient's bundles, and epoch headers, each with its finding or none. */
class ReplacedBundlesVectorsTest {

    @TestFactory
    Stream<DynamicTest> eachHeaderGivesItsFinding() {
        return Vectors.list("replacedBundles").stream()
                .map(run -> DynamicTest.dynamicTest(Vectors.string(run, "name"), () -> run(run)));
    }

    private static void run(JsonObject run) throws Exception {
        ConfirmedBundles bundles = ConfirmedBundles.NONE;
        for (JsonObject each : Vectors.objects(run.getAsJsonArray("confirmed"))) {
            bundles = bundles.with(each.get("serial").getAsLong(), Vectors.time(each, "time"));
            bundles = ConfirmedBundles.decode(bundles.encode());
        }
        StoredMessage message = new Delivery(
                        Vectors.list("messages").get(0), Vectors.list("epochs").get(0))
                .message();
        List<String> findings;
        try (OpenedEpoch epoch = epoch(run)) {
            findings = bundles.judge(message, epoch).stream()
                    .map(finding -> finding.code().name())
                    .toList();
        }
        assertThat(findings).isEqualTo(StoriesVectorsTest.findings(run));
    }

    private static OpenedEpoch epoch(JsonObject run) throws Exception {
        try (BinaryWriter out = new BinaryWriter();
                SecretBytes kept = SecretBytes.adopt(out.bytes32(Vectors.hex(run, "header"))
                        .raw(Vectors.hex(run, "secret"))
                        .toArray())) {
            return OpenedEpoch.restore(kept);
        }
    }
}
