package dev.pychat.testkit.vectors;

import static dev.pychat.testkit.vectors.Vectors.ALICE;
import static dev.pychat.testkit.vectors.Vectors.BOB;
import static dev.pychat.testkit.vectors.Vectors.REALM;
import static dev.pychat.testkit.vectors.Vectors.hex;
import static dev.pychat.testkit.vectors.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.Finding;
import dev.pychat.envelope.KnownMessages;
import dev.pychat.envelope.MessageIndex;
import dev.pychat.envelope.MessageOpening;
import dev.pychat.envelope.Taken;
import dev.pychat.envelope.Transcript;
import dev.pychat.key.BundleException;
import dev.pychat.key.KeyBundle;
import dev.pychat.model.StoredMessage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class DamagedVectorsTest {

    @TestFactory
    Stream<DynamicTest> damagedInputGivesItsOneFinding() {
        return Vectors.list("damaged").stream()
                .map(damaged -> DynamicTest.dynamicTest(string(damaged, "name"), () -> check(damaged)));
    }

    @TestFactory
    Stream<DynamicTest> damagedBundleIsRefusedForItsOneDefect() {
        return Vectors.list("damagedBundles").stream()
                .map(damaged -> DynamicTest.dynamicTest(string(damaged, "name"), () -> checkBundle(damaged)));
    }

    private static void check(JsonObject damaged) {
        boolean bobOpens = string(damaged, "opener").equals("bob");
        VectorParty opener = bobOpens ? BOB : ALICE;
        int minimumSuite = damaged.get("minimumSuite").getAsInt();
        ConversationContext context = opener.with(bobOpens ? ALICE : BOB, REALM, minimumSuite);
        StoredMessage message = Delivery.damaged(damaged).message();
        int before = opener.operations().get();
        MessageOpening opening = opener.open(context, message, hex(damaged, "header"));
        KnownMessages nothing = new MessageIndex();
        Taken taken = Transcript.fromStart(context.conversation()).take(message, opening, nothing);
        assertThat(taken.findings())
                .extracting(Finding::code)
                .hasToString(List.of(string(damaged, "finding")).toString());
        assertThat(taken.shown()).isEmpty();
        assertThat(opener.operations().get() - before)
                .as("private-key operations")
                .isEqualTo(damaged.get("privateOperations").getAsInt());
    }

    private static void checkBundle(JsonObject damaged) {
        assertThatThrownBy(() -> KeyBundle.parse(hex(damaged, "bundle")).check(REALM, ALICE.user(), VectorParty.POLICY))
                .isInstanceOfSatisfying(
                        BundleException.class,
                        refused -> assertThat(refused.defect()).hasToString(string(damaged, "defect")));
    }
}
