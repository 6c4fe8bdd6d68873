package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import dev.pychat.ref.server.store.DamagedAccount;
import dev.pychat.store.Submission;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.testkit.store.Draw;
import dev.pychat.testkit.store.Talker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code migrate}. */
class MigrationTest {

    private static final Pattern HASH = Pattern.compile("SHA-256 ([0-9a-f]{64})");
    /** Where the log begins in each of its files. */
    private static final int LOG_HEAD = 4096;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Draw draw = Draw.announced(getClass());
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @Test
    void roundTripHasOneHashAndTheServersKeyGoesAlong() throws Exception {
        String fingerprint = served("first", "xodus");
        append("first", "xodus", 3);
        String there = migrate("first", "second", "sqlite");
        assertThat(out()).contains("3 messages", "1 conversations", "--store=sqlite");
        String back = migrate("second", "third", "xodus");
        assertThat(back).isEqualTo(there);
        assertThat(served("second", "sqlite")).isEqualTo(fingerprint);
        assertThat(served("third", "xodus")).isEqualTo(fingerprint);
        for (String file : List.of("tls-key.pem", "tls-cert.pem")) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(at("second").resolve(file))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void oldDirectoryOnSqliteStaysAsItWas() throws Exception {
        served("first", "sqlite");
        append("first", "sqlite", 20);
        Map<String, Bytes> before = contents("first");
        migrate("first", "second", "xodus");
        assertThat(contents("first")).isEqualTo(before);
    }

    /** Xodus puts a note of its own behind its log whenever it is opened and closed, and the log's head says so; nothing in front of it changes. */
    @Test
    void oldDirectoryOnXodusKeepsAllThatItHeld() throws Exception {
        served("first", "xodus");
        append("first", "xodus", 20);
        Map<String, Bytes> before = contents("first");
        migrate("first", "second", "sqlite");
        Map<String, Bytes> after = contents("first");
        assertThat(after.keySet()).isEqualTo(before.keySet());
        before.forEach((name, content) -> {
            if (name.startsWith("store/log/")) {
                assertThat(after.get(name).slice(LOG_HEAD, content.size() - LOG_HEAD))
                        .as(name)
                        .isEqualTo(content.slice(LOG_HEAD, content.size() - LOG_HEAD));
            } else if (!name.equals("store/check/mark")) {
                assertThat(after.get(name)).as(name).isEqualTo(content);
            }
        });
    }

    @Test
    void moveThatIsKilledIsNeverServedAndMayBeDoneAgain() throws Exception {
        served("first", "xodus");
        for (int i = 0; i < 20; i++) {
            append("first", "xodus", 1000);
        }
        Path begun = at("second").resolve("taking-records");
        Process killed = OwnJvm.start(
                List.of(), "migrate", "--from", "" + at("first"), "--to", "" + at("second"), "--to-store=sqlite");
        while (!Files.exists(begun) && killed.isAlive()) {
            Thread.onSpinWait();
        }
        killed.destroyForcibly().waitFor();
        assertThat(begun).exists();
        for (String store : Configuration.STORES) {
            assertThat(command("--port", "0", "--data", at("second").toString(), "--store", store))
                    .isEqualTo(ExitCode.CANNOT_READ_OR_WRITE);
        }
        assertThat(err()).contains("did not end");
        migrate("first", "second", "sqlite");
        assertThat(out()).contains("20000 messages");
        assertThat(served("second", "sqlite")).isEqualTo(served("first", "xodus"));
    }

    @Test
    void directoryInUseIsRefused() throws Exception {
        served("first", "xodus");
        try (DirectoryServerStores used = DataStores.kind("xodus").open(at("first"), RANDOM)) {
            assertThat(used.hasUsers()).isFalse();
            assertThat(run("first", "second", "sqlite")).isEqualTo(ExitCode.DATA_BUSY);
        }
        assertThat(err().lines()).hasSize(1);
        assertThat(at("second")).doesNotExist();
    }

    @Test
    void damagedDirectoryIsRefusedAndTheNewOneIsLeftEmpty() throws Exception {
        served("first", "sqlite");
        append("first", "sqlite", 3);
        Path database = at("first").resolve("store/db/pychat.db");
        byte[] bytes = Files.readAllBytes(database);
        bytes[bytes.length / 2] ^= 1;
        Files.write(database, bytes);
        assertThat(run("first", "second", "xodus")).isEqualTo(ExitCode.DAMAGED);
        assertThat(err()).contains("pychat.db");
        assertThat(at("second")).doesNotExist();
    }

    @Test
    void damageThatShowsOnlyInARecordIsRefusedAndTheNewDirectoryIsLeftEmpty() throws Exception {
        DamagedAccount.in(at("first"));
        assertThat(run("first", "second", "sqlite")).isEqualTo(ExitCode.DAMAGED);
        assertThat(err().lines()).singleElement().asString().contains("accounts", "damaged");
        assertThat(contents("second").keySet()).isSubsetOf("lock");
    }

    @Test
    void newDirectoryThatHoldsSomethingIsRefused() throws Exception {
        served("first", "xodus");
        served("second", "sqlite");
        Map<String, Bytes> before = contents("second");
        for (String store : Configuration.STORES) {
            assertThat(run("first", "second", store)).isEqualTo(ExitCode.CANNOT_READ_OR_WRITE);
            assertThat(err()).contains("is not empty", "sqlite");
            assertThat(contents("second")).isEqualTo(before);
        }
    }

    @Test
    void whatIsNoDataDirectoryIsSaid() throws Exception {
        Files.createDirectories(at("first"));
        assertThat(run("first", "second", "sqlite")).isEqualTo(ExitCode.CANNOT_READ_OR_WRITE);
        assertThat(err()).contains(at("first") + " is no data directory");
    }

    @Test
    void directoriesInOneAnotherAreRefused() throws Exception {
        served("first", "xodus");
        assertThat(run("first", "first/second", "sqlite")).isEqualTo(ExitCode.USAGE);
        assertThat(run("first", "first", "sqlite")).isEqualTo(ExitCode.USAGE);
        assertThat(at("first/second")).doesNotExist();
    }

    @Test
    void wrongOptionsAreUsage() {
        assertThat(run("first", "second", "oracle")).isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains("oracle", "xodus or sqlite");
        assertThat(command("migrate", "--from", "x")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void optionInFrontIsNotOverlooked() {
        assertThat(command("--data", "x", "migrate", "--from", "a", "--to", "b", "--to-store=sqlite"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err()).contains("--data stands in front of migrate");
    }

    @Test
    void helpNamesItsOptions() {
        assertThat(command("migrate", "--help")).isEqualTo(ExitCode.DONE);
        assertThat(out()).contains("--from", "--to", "--to-store");
        assertThat(command("--help")).isEqualTo(ExitCode.DONE);
        assertThat(out()).contains("migrate");
    }

    /** A server started on a directory and ended; the fingerprint that it showed. */
    private String served(String name, String store) throws StartException {
        try (Started server = Started.with(at(name), Map.of(Setting.STORE, store))) {
            return server.fingerprint();
        }
    }

    private void append(String name, String store, int count) throws Exception {
        Username alice = new Username("alice");
        Username bob = new Username("bob");
        Talker talker = new Talker(draw, draw.conversation(), alice, bob);
        try (DirectoryServerStores stores = DataStores.kind(store).open(at(name), RANDOM)) {
            List<Submission> batch = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                batch.add(talker.next());
            }
            assertThat(stores.messages().append(batch)).hasSize(count);
        }
    }

    private String migrate(String from, String to, String store) {
        assertThat(run(from, to, store)).as("%s", err()).isEqualTo(ExitCode.DONE);
        Matcher hash = HASH.matcher(out());
        String last = "";
        while (hash.find()) {
            last = hash.group(1);
        }
        assertThat(last).isNotEmpty();
        return last;
    }

    private ExitCode run(String from, String to, String store) {
        return command("migrate", "--from", at(from).toString(), "--to", at(to).toString(), "--to-store=" + store);
    }

    private ExitCode command(String... arguments) {
        return new Main(
                        Map.of(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
    }

    private Path at(String name) {
        return directory.resolve(name);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Map<String, Bytes> contents(String name) throws IOException {
        Map<String, Bytes> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(at(name))) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                contents.put(at(name).relativize(path).toString(), Bytes.adopt(Files.readAllBytes(path)));
            }
        }
        return contents;
    }
}
