package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.testkit.server.RawClient;
import dev.pychat.testkit.server.RawLane;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole server on files of a server that was killed, which have lost their end or are altered there: it says so, and touches nothing. */
class ServerDamageTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "xodus, store/log/00000000000.xd, the log ends at",
        "sqlite, store/db/pychat.db-wal, pychat.db-wal ends behind",
        "sqlite, store/db/pychat.db, which are no whole pages"
    })
    void logThatIsCutOffIsSaid(String store, String file, String said) throws Exception {
        Path data = killed(store);
        try (RandomAccessFile cut = new RandomAccessFile(data.resolve(file).toFile(), "rw")) {
            cut.setLength(cut.length() - 10);
        }
        requireRefused(ServerDamageTest::inItsOwnProcess, store, data, said);
    }

    @ParameterizedTest
    @CsvSource({
        "xodus, store/log/00000000000.xd, '00000000000.xd at '",
        "sqlite, store/db/pychat.db-wal, pychat.db-wal ends behind",
        "sqlite, store/db/pychat.db, of pychat.db is not what was written"
    })
    void lastPageThatIsAlteredIsSaid(String store, String file, String said) throws Exception {
        Path data = killed(store);
        try (RandomAccessFile altered = new RandomAccessFile(data.resolve(file).toFile(), "rw")) {
            altered.seek(altered.length() - 10);
            int old = altered.read();
            altered.seek(altered.length() - 10);
            altered.write(old ^ 0x10);
        }
        requireRefused(ServerDamageTest::inThisProcess, store, data, said);
    }

    /** What a kill leaves of a data directory in which a message was accepted, while nobody sends. */
    private Path killed(String store) throws Exception {
        Path live = directory.resolve("live");
        Path copy = directory.resolve("copy");
        try (Started server = Started.with(live, Map.of(Setting.STORE, store))) {
            RawClient alice = server.client();
            alice.signUp("alice");
            server.client().signUp("bob");
            new RawLane(alice, "bob").send("to be kept");
            try (Stream<Path> all = Files.walk(live)) {
                for (Path path : all.filter(Started::isKept).toList()) {
                    Files.copy(path, copy.resolve(live.relativize(path).toString()));
                }
            }
        }
        return copy;
    }

    /** How a server ended, and what it said. */
    private record Ended(int code, String said) {}

    private interface Start {
        Ended run(String... arguments) throws Exception;
    }

    private static Ended inItsOwnProcess(String... arguments) throws Exception {
        Process server = OwnJvm.start(List.of("-XX:TieredStopAtLevel=1"), arguments);
        String said = new String(server.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(server.waitFor(), said);
    }

    private static Ended inThisProcess(String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        ExitCode code = new Main(Map.of(), out, out).run(arguments);
        return new Ended(code.number(), said.toString(StandardCharsets.UTF_8));
    }

    private static void requireRefused(Start start, String store, Path data, String said) throws Exception {
        Map<String, String> before = contents(data);
        Ended ended = start.run("--port", "0", "--store", store, "--data", data.toString());
        assertThat(ended.code()).as(ended.said()).isEqualTo(ExitCode.DAMAGED.number());
        assertThat(ended.said())
                .contains("the data directory " + data + " is damaged: ", said, "restore it from a backup")
                .doesNotContain("\tat ");
        assertThat(contents(data)).isEqualTo(before);
    }

    private static Map<String, String> contents(Path data) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(data)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }
}
