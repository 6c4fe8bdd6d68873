package dev.pychat.testkit.vectors;

import static dev.pychat.testkit.vectors.HybridVectors.ALICE;
import static dev.pychat.testkit.vectors.HybridVectors.ALICES;
import static dev.pychat.testkit.vectors.HybridVectors.BOB;
import static dev.pychat.testkit.vectors.HybridVectors.BOBS;
import static dev.pychat.testkit.vectors.HybridVectors.REALM;
import static dev.pychat.testkit.vectors.HybridVectors.list;
import static dev.pychat.testkit.vectors.Vectors.hex;
import static dev.pychat.testkit.vectors.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.Finding;
import dev.pychat.envelope.HybridSince;
import dev.pychat.envelope.MessageIndex;
import dev.pychat.envelope.MessageOpening;
import dev.pychat.envelope.Taken;
import dev.pychat.envelope.Transcript;
import dev.pychat.key.BundleException;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeyId;
import dev.pychat.key.OneTimeKey;
import dev.pychat.model.DeviceId;
import dev.pychat.model.EpochName;
import dev.pychat.model.StoredMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class HybridDamagedVectorsTest {

    @TestFactory
    Stream<DynamicTest> damagedInputGivesItsOneFinding() {
        return tests("damaged", HybridDamagedVectorsTest::check);
    }

    @TestFactory
    Stream<DynamicTest> damagedBundleIsRefusedForItsOneDefect() {
        return tests(
                "damagedBundles",
                damaged -> assertThatThrownBy(() ->
                                KeyBundle.parse(hex(damaged, "bundle")).check(REALM, ALICE.user(), VectorParty.POLICY))
                        .isInstanceOfSatisfying(
                                BundleException.class,
                                refused -> assertThat(refused.defect()).hasToString(string(damaged, "defect"))));
    }

    @TestFactory
    Stream<DynamicTest> damagedOneTimeKeyIsRefusedForItsOneDefect() {
        DeviceId asked = BOBS.get(0).id();
        return tests(
                "damagedOneTimeKeys",
                damaged -> assertThatThrownBy(() -> OneTimeKey.check(hex(damaged, "signed"), BOB.checked(REALM), asked))
                        .isInstanceOfSatisfying(
                                BundleException.class,
                                refused -> assertThat(refused.defect()).hasToString(string(damaged, "defect"))));
    }

    @TestFactory
    Stream<DynamicTest> eachMessageOfAStoryGivesItsFindingsAndNoOther() {
        return tests("stories", HybridDamagedVectorsTest::tell);
    }

    private static Stream<DynamicTest> tests(String field, Trial trial) {
        List<JsonObject> cases = list(field);
        assertThat(cases).isNotEmpty();
        return cases.stream().map(each -> DynamicTest.dynamicTest(string(each, "name"), () -> trial.run(each)));
    }

    private static void check(JsonObject damaged) {
        VectorDevice opener = device(damaged).withUses(uses(damaged));
        StoredMessage message = Delivery.damaged(damaged).message();
        ConversationContext context = context(opener, damaged);
        int before = opener.party().operations().get();
        MessageOpening opening = opener.open(context, message, hex(damaged, "header"));
        Taken taken = Transcript.fromStart(context.conversation()).take(message, opening, new MessageIndex());
        assertThat(taken.findings())
                .extracting(finding -> finding.code().name())
                .containsExactly(string(damaged, "finding"));
        assertThat(taken.shown()).isEmpty();
        assertThat(opener.party().operations().get() - before)
                .as("private-key operations")
                .isEqualTo(damaged.get("privateOperations").getAsInt());
    }

    private static void tell(JsonObject story) throws Exception {
        VectorDevice device = BOBS.stream()
                .filter(each -> each.id().value().equals(hex(story, "device")))
                .findAny()
                .orElseThrow()
                .withUses(Map.of());
        ConversationContext context = BOB.with(ALICE, REALM, 2);
        Transcript transcript = Transcript.fromStart(context.conversation());
        MessageIndex index = new MessageIndex();
        for (JsonObject expected : Vectors.objects(story.getAsJsonArray("messages"))) {
            StoredMessage message =
                    Delivery.damaged(expected).message(transcript.last().next());
            Taken taken = transcript.take(message, device.open(context, message, hex(expected, "header")), index);
            List<String> findings =
                    taken.findings().stream().map(Finding::code).map(Enum::name).toList();
            assertThat(findings).as("position %s", message.position()).isEqualTo(findings(expected));
            assertThat(taken.shown().isPresent())
                    .isEqualTo(expected.get("shown").getAsBoolean());
            index.add(message, taken);
            transcript = Transcript.decode(taken.after().encode());
        }
    }

    private static VectorDevice device(JsonObject damaged) {
        List<VectorDevice> devices = string(damaged, "opener").equals("bob") ? BOBS : ALICES;
        return devices.stream()
                .filter(each -> each.id().value().equals(hex(damaged, "device")))
                .findAny()
                .orElseThrow();
    }

    private static ConversationContext context(VectorDevice opener, JsonObject damaged) {
        VectorParty peer = opener.party().equals(BOB) ? ALICE : BOB;
        ConversationContext context =
                opener.party().with(peer, REALM, damaged.get("minimumSuite").getAsInt());
        JsonArray since = damaged.getAsJsonArray("hybridSince");
        return since.isEmpty()
                ? context
                : context.with(
                        new HybridSince(since.get(0).getAsLong(), since.get(1).getAsLong()));
    }

    private static Map<KeyId, EpochName> uses(JsonObject damaged) {
        Map<KeyId, EpochName> uses = new HashMap<>();
        Vectors.objects(damaged.getAsJsonArray("used"))
                .forEach(use -> uses.put(new KeyId(hex(use, "keyId")), new EpochName(hex(use, "epoch"))));
        return uses;
    }

    private static List<String> findings(JsonObject expected) {
        return expected.getAsJsonArray("findings").asList().stream()
                .map(element -> element.getAsString())
                .toList();
    }

    private interface Trial {
        void run(JsonObject value) throws Exception;
    }
}
