package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.pychat.model.Username;
import dev.pychat.ref.server.store.DamagedAccount;
import dev.pychat.store.Submission;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.testkit.server.RawClient;
import dev.pychat.testkit.server.RawLane;
import dev.pychat.testkit.store.Draw;
import dev.pychat.testkit.store.Talker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands {@code check} and {@code stats}. */
class CheckTest {

    private final Draw draw = Draw.announced(getClass());
    private final Map<Path, byte[]> kept = new TreeMap<>();
    private final CommandLineUnderTest commands = new CommandLineUnderTest();

    @TempDir
    Path data;

    @ParameterizedTest
    @CsvSource({"xodus,pychat-data 2", "sqlite,pychat-sqlite 1"})
    void figuresAreTheSameWhetherTheServerRunsOrNot(String store, String format) throws Exception {
        try (Started server = Started.with(data, Map.of(Setting.STORE, store))) {
            RawClient alice = server.client();
            alice.signUp("alice");
            server.client().signUp("bob");
            RawLane lane = new RawLane(alice, "bob");
            lane.send("one");
            lane.send("two");
            requireFigures(store, format);
        }
        requireFigures(store, format);
    }

    private void requireFigures(String store, String format) {
        String text = commands.done("stats", "--data", data);
        assertThat(text.lines())
                .contains("store: " + store, "format: " + format, "accounts: 2", "conversations: 1", "messages: 2");
        JsonObject json = JsonParser.parseString(commands.done("stats", "--data", data, "--json"))
                .getAsJsonObject();
        assertThat(json.get("messages").getAsLong()).isEqualTo(2);
        assertThat(json.get("bytes").getAsLong()).isGreaterThan(1_000);
        assertThat(json.get("data").getAsString())
                .isEqualTo(data.toAbsolutePath().toString());
        assertThat(commands.done("check", "--data", data)).contains("messages: 2", "faults: 0", "sound: ");
        JsonObject checked = JsonParser.parseString(commands.done("check", "--data", data, "--json"))
                .getAsJsonObject();
        assertThat(checked.get("found").getAsJsonArray()).isEmpty();
        assertThat(checked.get("records").getAsLong()).isGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xodus", "sqlite"})
    void byteThatIsDamagedAnywhereInTheDataIsFound(String store) throws Exception {
        append(store, 3_000);
        List<Path> files = dataFiles();
        for (int i = 0; i < 8; i++) {
            Path file = files.get(draw.below(files.size()));
            byte[] whole = Files.readAllBytes(file);
            byte[] damaged = whole.clone();
            int at = draw.below(whole.length);
            damaged[at] ^= (byte) (1 << draw.below(8));
            Files.write(file, damaged);
            String said = commands.fails(ExitCode.DAMAGED, "check", "--data", data);
            assertThat(said).as("byte %s of %s", at, file).contains("damaged", "restore it from a backup");
            bringBack();
        }
        commands.done("check", "--data", data);
    }

    /** All files as they were: Xodus appends a note of its own whenever it is opened. */
    private void bringBack() throws Exception {
        for (Path file : kept.keySet()) {
            Files.write(file, kept.get(file));
        }
    }

    private List<Path> dataFiles() throws Exception {
        try (Stream<Path> all = Files.walk(data.resolve("store"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                kept.put(file, Files.readAllBytes(file));
            }
        }
        return kept.keySet().stream()
                .filter(file ->
                        file.toString().endsWith(".xd") || file.toString().endsWith(".db"))
                .toList();
    }

    @Test
    void damageThatIsFoundWhileTheServerRunsIsSaidAndTheServerGoesOn() throws Exception {
        append("xodus", 3_000);
        try (Started server = Started.on(data)) {
            Path file = dataFiles().get(0);
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
            String said = commands.fails(ExitCode.DAMAGED, "check", "--data", data);
            assertThat(said).contains("is not what was written");
            assertThat(commands.out()).contains("fault: page ");
            server.client().hello();
        }
    }

    @Test
    void recordThatIsDamagedBehindRightSumsIsFound() throws Exception {
        DamagedAccount.in(data);
        String said = commands.fails(ExitCode.DAMAGED, "check", "--data", data, "--json");
        assertThat(said).contains("1 place", "accounts");
        JsonObject json = JsonParser.parseString(commands.out()).getAsJsonObject();
        assertThat(json.get("faults").getAsLong()).isEqualTo(1);
        assertThat(json.get("found").getAsJsonArray().get(0).getAsString()).contains("of accounts is damaged");
    }

    @Test
    void socketIsTheOwnersAloneAndOneThatAKilledServerLeftIsReplaced() throws Exception {
        Path socket = data.resolve("control").resolve("socket");
        Started.on(data).close();
        assertThat(socket).doesNotExist();
        Files.createFile(socket);
        try (Started server = Started.on(data)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("control"))))
                    .isEqualTo("rwx------");
            commands.done("stats", "--data", data);
            server.client().hello();
        }
    }

    @Test
    void socketToWhichNobodyListensIsNoServer() throws Exception {
        Started.on(data).close();
        Path socket = data.resolve("control").resolve("socket");
        try (var left = java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            left.bind(java.net.UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();
        commands.done("check", "--data", data);
    }

    @Test
    void unknownCommandOfAnotherVersionIsSaid() throws Exception {
        try (Started server = Started.on(data);
                var client = dev.pychat.ref.server.control.ControlClient.connect(data)
                        .orElseThrow()) {
            assertThat(client.ask("dance").sentence()).contains("knows no command dance");
            server.client().hello();
        }
    }

    @Test
    void formatThatIsNotKnownIsSaidWithTheWayUp() throws Exception {
        Started.on(data).close();
        Path format = data.resolve("store").resolve("format");
        Files.writeString(format, "pychat-data 3\n");
        for (String command : List.of("check", "stats")) {
            assertThat(commands.fails(ExitCode.UNKNOWN_FORMAT, command, "--data", data))
                    .contains(
                            "\"pychat-data 3\"", "\"pychat-data 2\" only", "run the version that wrote it or a newer");
        }
        Files.writeString(format, "pychat-data 1\n");
        assertThat(commands.fails(ExitCode.UNKNOWN_FORMAT, "check", "--data", data))
                .contains("\"pychat-data 1\"", "./pychat server backup", "./pychat server restore");
        assertThat(format).hasContent("pychat-data 1");
    }

    private void append(String store, int count) throws Exception {
        Started.with(data, Map.of(Setting.STORE, store)).close();
        Talker talker = new Talker(draw, draw.conversation(), new Username("alice"), new Username("bob"));
        try (DirectoryServerStores stores = DataStores.kind(store).open(data, new SecureRandom())) {
            List<Submission> batch = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                batch.add(talker.next());
            }
            assertThat(stores.messages().append(batch)).hasSize(count);
        }
    }
}
