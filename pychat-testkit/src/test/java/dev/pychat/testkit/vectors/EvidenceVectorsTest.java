package dev.pychat.testkit.vectors;

import static dev.pychat.testkit.vectors.Vectors.hex;
import static dev.pychat.testkit.vectors.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.pychat.audit.Audit;
import dev.pychat.audit.AuditListener;
import dev.pychat.audit.AuditReport;
import dev.pychat.audit.AuditedLane;
import dev.pychat.audit.AuditedMessage;
import dev.pychat.audit.AuditedViews;
import dev.pychat.audit.EvidenceException;
import dev.pychat.audit.EvidenceException.Problem;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.key.SafetyNumber;
import dev.pychat.model.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Files that the second implementation wrote, each with what it says of them. */
class EvidenceVectorsTest {

    static final String RESOURCE = "/dev/pychat/testkit/vectors/evidence.json";

    private static final JsonObject ALL = Vectors.load(RESOURCE);

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> bothImplementationsSayTheSameOfEachFile() {
        List<JsonObject> files = Vectors.objects(ALL.getAsJsonArray("files"));
        assertThat(files).hasSizeGreaterThan(10);
        return files.stream().map(file -> DynamicTest.dynamicTest(string(file, "name"), () -> audit(file)));
    }

    @Test
    void damagedFileAndOneOfANewerVersionAreTold() {
        assertRefused("damaged", Problem.DAMAGED);
        assertRefused("newer", Problem.NEWER_VERSION);
    }

    private void assertRefused(String name, Problem problem) {
        assertThatExceptionOfType(EvidenceException.class)
                .isThrownBy(() -> audit(hex(ALL, name), new AuditListener() {}))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    }

    private void audit(JsonObject expected) throws Exception {
        List<String> outcomes = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        List<String> signers = new ArrayList<>();
        AuditReport report = audit(hex(expected, "file"), new AuditListener() {
            @Override
            public void onMessage(AuditedMessage message) {
                outcomes.add(message.outcome().name());
                signers.add(
                        message.signer().map(signer -> signer.voucher().name()).orElse(""));
                message.content()
                        .ifPresent(content -> texts.add(content.asText().orElseThrow()));
                message.findings().forEach(found -> findings.add(message.position() + " " + found.code()));
            }
        });
        assertThat(outcomes).isEqualTo(strings(expected, "outcomes"));
        assertThat(texts).isEqualTo(strings(expected, "texts"));
        assertThat(findings).isEqualTo(strings(expected, "findings"));
        assertThat(signers).isEqualTo(strings(expected, "signers"));
        assertThat(report.identities())
                .extracting(identity -> identity.voucher().name())
                .isEqualTo(strings(expected, "vouchers"));
        assertThat(report.verdict().name()).isEqualTo(string(expected, "verdict"));
        assertThat(report.safetyNumber()).contains(new SafetyNumber(string(expected, "safetyNumber")));
        assertThat(report.holds()).isEqualTo(expected.get("holds").getAsBoolean());
        assertThat(report.isComplete()).isEqualTo(expected.get("complete").getAsBoolean());
        assertThat(defects(report)).isEqualTo(expected.getAsJsonArray("bundles"));
        assertThat(lanes(report)).isEqualTo(expected.getAsJsonArray("lanes"));
        assertThat(views(report.views())).isEqualTo(expected.getAsJsonObject("views"));
    }

    private AuditReport audit(Bytes file, AuditListener listener) throws Exception {
        Path path = Files.write(folder.resolve("evidence"), file.toArray());
        return Audit.of(path, KeyPolicy.acceptPublishedTestKeysInsecurely(), listener);
    }

    private static List<String> strings(JsonObject object, String name) {
        return StreamSupport.stream(object.getAsJsonArray(name).spliterator(), false)
                .map(JsonElement::getAsString)
                .toList();
    }

    private static JsonArray defects(AuditReport report) {
        JsonArray defects = new JsonArray();
        report.bundles()
                .forEach(bundle -> defects.add(
                        bundle.defect().map(Enum::name).map(JsonPrimitive::new).orElse(null)));
        return defects;
    }

    private static JsonArray lanes(AuditReport report) {
        JsonArray lanes = new JsonArray();
        for (AuditedLane lane : report.lanes()) {
            JsonObject value = new JsonObject();
            value.addProperty("sender", lane.sender().value());
            value.addProperty("lane", lane.lane().value().hex());
            value.addProperty("messages", lane.messages());
            value.addProperty("first", lane.first());
            value.addProperty("last", lane.last());
            value.addProperty("read", lane.read());
            value.addProperty("vouched", lane.vouched());
            value.addProperty("findings", lane.findings());
            lanes.add(value);
        }
        return lanes;
    }

    private static JsonObject views(AuditedViews views) {
        JsonObject value = new JsonObject();
        value.addProperty("agreeing", views.agreeing());
        value.addProperty("differing", views.differing());
        value.addProperty("unchecked", views.unchecked());
        value.addProperty("byExporter", views.byExporter().value());
        value.addProperty("byPeer", views.byPeer().value());
        return value;
    }
}
