package dev.pychat.testkit.vectors;

import static dev.pychat.testkit.vectors.Vectors.hex;
import static dev.pychat.testkit.vectors.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.Finding;
import dev.pychat.envelope.MessageIndex;
import dev.pychat.envelope.MessageOpening;
import dev.pychat.envelope.OpenedMessage;
import dev.pychat.envelope.Taken;
import dev.pychat.envelope.Transcript;
import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Realm;
import dev.pychat.model.StoredMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecondImplementationTest {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path TEST_KEYS = Path.of("../pychat-core/src/test/resources/dev/pychat/testkeys");

    @TempDir
    Path folder;

    @BeforeEach
    void needsPython() throws Exception {
        SecondImplementation.require();
    }

    @ParameterizedTest
    @CsvSource({
        "check, " + Vectors.RESOURCE,
        "check, " + HybridVectors.RESOURCE,
        "check-evidence, " + EvidenceVectorsTest.RESOURCE
    })
    void committedVectorsHold(String command, String resource) throws Exception {
        SecondImplementation.run(
                command, RESOURCES.resolve(resource.substring(1)).toAbsolutePath());
    }

    @ParameterizedTest
    @CsvSource({
        "make, " + Vectors.RESOURCE,
        "make-hybrid, " + HybridVectors.RESOURCE,
        "make-evidence, " + EvidenceVectorsTest.RESOURCE
    })
    void committedVectorsAreWhatItMakes(String command, String resource) throws Exception {
        Path made = folder.resolve("made.json");
        SecondImplementation.run(command, TEST_KEYS.toAbsolutePath(), made);
        assertThat(Files.readString(made, StandardCharsets.UTF_8)).isEqualTo(Vectors.text(resource));
    }

    @Test
    void committedPasswordVectorsHoldAndAreWhatItMakes() throws Exception {
        SecondImplementation.require("argon2");
        String resource = PasswordVectorsTest.RESOURCE;
        SecondImplementation.run(
                "check-passwords", RESOURCES.resolve(resource.substring(1)).toAbsolutePath());
        Path made = folder.resolve("made.json");
        SecondImplementation.run("make-passwords", made);
        assertThat(Files.readString(made, StandardCharsets.UTF_8)).isEqualTo(Vectors.text(resource));
    }

    @Test
    void committedBackupVectorsHoldAndAreWhatItMakes() throws Exception {
        SecondImplementation.require("argon2");
        String resource = BackupVectorsTest.RESOURCE;
        SecondImplementation.run(
                "check-backups", RESOURCES.resolve(resource.substring(1)).toAbsolutePath());
        Path made = folder.resolve("made.json");
        SecondImplementation.run("make-backups", made);
        assertThat(Files.readString(made, StandardCharsets.UTF_8)).isEqualTo(Vectors.text(resource));
    }

    @Test
    void opensWhatWeSeal() throws Exception {
        Path exchange = folder.resolve("ours.json");
        Files.writeString(exchange, Exchange.seal().toString(), StandardCharsets.UTF_8);
        SecondImplementation.run("open", exchange);
    }

    @Test
    void opensWhatWeSealInSuiteTwo() throws Exception {
        Path exchange = folder.resolve("ours.json");
        Files.writeString(exchange, Exchange.sealHybrid().toString(), StandardCharsets.UTF_8);
        SecondImplementation.run("open", exchange);
    }

    @Test
    void itsMlKemHoldsAgainstOutsideVectors() throws Exception {
        Path root = Path.of("").toAbsolutePath().getParent();
        Path vectors = Stream.of(System.getProperty("wycheproof.dir", ""), "../shared/wycheproof")
                .filter(named -> !named.isEmpty())
                .map(root::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .orElseGet(() -> abort("the Wycheproof vectors are not there; CONTRIBUTING.md says how to get them"));
        SecondImplementation.run("wycheproof", vectors);
    }

    @Test
    void weOpenWhatItSeals() throws Exception {
        JsonObject value = sealed("seal");
        VectorParty recipient = VectorParty.of(value.getAsJsonObject("recipient"));
        assertReads(value, recipient, recipient::open);
    }

    @Test
    void everyDeviceOpensWhatItSealsInSuiteTwo() throws Exception {
        JsonObject value = sealed("seal-hybrid");
        VectorParty recipient = VectorParty.of(value.getAsJsonObject("recipient"));
        List<VectorDevice> devices = VectorDevice.of(recipient, value.getAsJsonObject("recipient"));
        assertThat(devices).hasSize(2);
        for (VectorDevice device : devices) {
            assertReads(value, recipient, device::open);
        }
    }

    private JsonObject sealed(String command) throws Exception {
        Path exchange = folder.resolve("theirs.json");
        SecondImplementation.run(command, TEST_KEYS.toAbsolutePath(), exchange);
        return JsonParser.parseString(Files.readString(exchange, StandardCharsets.UTF_8))
                .getAsJsonObject();
    }

    private static void assertReads(JsonObject value, VectorParty recipient, Reader reader) {
        VectorParty sender = VectorParty.of(value.getAsJsonObject("sender"));
        ConversationContext context = recipient.with(sender, new Realm(hex(value, "realm")), 1);
        Transcript transcript = Transcript.fromStart(context.conversation());
        MessageIndex index = new MessageIndex();
        List<JsonObject> messages = Vectors.objects(value.getAsJsonArray("messages"));
        for (JsonObject sealed : messages) {
            StoredMessage message =
                    stored(value, sealed, context, transcript.last().next());
            Taken taken = transcript.take(message, reader.open(context, message, hex(value, "header")), index);
            assertThat(taken.findings()).extracting(Finding::what).isEmpty();
            assertThat(taken.shown())
                    .map(OpenedMessage::content)
                    .map(content -> content.asText().orElse("no text"))
                    .contains(string(sealed, "text"));
            index.add(message, taken);
            transcript = taken.after();
        }
        assertThat(messages).hasSizeGreaterThan(3);
    }

    private static StoredMessage stored(
            JsonObject exchange, JsonObject sealed, ConversationContext context, Position position) {
        Bytes header = hex(exchange, "header");
        return new StoredMessage(
                context.conversation(),
                position,
                context.peer(),
                new MessageId(hex(sealed, "messageId")),
                new LaneId(hex(exchange, "lane")),
                new EpochName(Sha256.of(header)),
                position.value(),
                false,
                Instant.EPOCH,
                new Envelope(hex(sealed, "envelope")));
    }

    private interface Reader {
        MessageOpening open(ConversationContext context, StoredMessage message, Bytes header);
    }
}
