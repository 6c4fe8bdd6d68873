package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Username;
import dev.pychat.testkit.Needs;
import dev.pychat.testkit.server.RawClient;
import dev.pychat.testkit.server.RawLane;
import dev.pychat.wire.Accepted;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.LogIn;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Session;
import dev.pychat.wire.Submit;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole server on a disk that is full: it says so, accepts nothing that it can't keep, goes on serving reads, and takes messages again
 * by itself when there is room. The disk is a small one in memory, in a name space of its own, which takes no rights.
 */
class ServerFullDiskTest {

    private static final String LONG = "x".repeat(20_000);

    @TempDir
    Path directory;

    private final Talk talk = new Talk();
    private Path disk;

    @BeforeEach
    void requireOwnDisk() throws Exception {
        Needs.program("unshare", "apt-get install util-linux");
        disk = Files.createDirectory(directory.resolve("disk"));
        Process tried =
                new ProcessBuilder(onOwnDisk("true")).redirectErrorStream(true).start();
        if (tried.waitFor() != 0) {
            Needs.without("this test needs unshare -rm, by which every user may have a small disk: "
                    + new String(tried.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xodus", "sqlite"})
    void serverRefusesReadsOnAndRecoversByItself(String store) throws Exception {
        Path data = disk.resolve("data");
        try (ServerJvm server = start(store, data)) {
            RawClient alice = talk.signUp(server.client(), server.client());
            talk.say(alice, 50);
            RawClient bob = server.client();
            bob.logIn("bob");
            assertThat(server.page("/ready")).startsWith("200");
            RawLane lane = new RawLane(alice, "bob");
            Path filler = fill(server.seen(disk));
            Submit refused = firstRefused(alice, lane);
            for (int i = 0; i < 3; i++) {
                assertThat(answer(alice, lane, refused))
                        .isInstanceOfSatisfying(
                                Failure.class,
                                failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE));
            }
            assertThat(server.said())
                    .contains("the store did not take 1 messages")
                    .containsPattern("No space left on device|database or disk is full")
                    .doesNotContain("\tat ");
            assertThat(server.page("/ready")).startsWith("503 the last messages were not stored: ");
            talk.requireRead(bob);
            Files.delete(filler);
            accept(alice, lane, refused);
            assertThat(server.page("/ready")).startsWith("200");
            talk.say(alice, 20);
            talk.requireKept(server.client());
            requireKeptInACopy(store, server.data());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xodus", "sqlite"})
    void serverThatCanKeepNoLogInSaysSoToOperators(String store) throws Exception {
        try (ServerJvm server = start(store, disk.resolve("data"))) {
            RawClient alice = server.client();
            alice.hello();
            alice.signUp("alice", Talk.COST);
            Path filler = fill(server.seen(disk));
            untilLogInIsRefused(server);
            assertThat(server.page("/ready"))
                    .startsWith("503 the last sign-up, log-in or change of an account was not stored: ");
            assertThat(server.page("/metrics")).contains("\npychat_store_failing 1.0\n");
            Files.delete(filler);
            RawClient again = server.client();
            again.hello();
            again.ask(Session.class, id -> logIn(id, "alice"));
            assertThat(server.page("/ready")).startsWith("200");
            assertThat(server.page("/metrics")).contains("\npychat_store_failing 0.0\n");
        }
    }

    private static void untilLogInIsRefused(ServerJvm server) throws Exception {
        for (int i = 0; i < 1_000; i++) {
            try (RawClient alice = server.client()) {
                alice.hello();
                if (alice.await(alice.begin(id -> logIn(id, "alice"))) instanceof Failure failure) {
                    assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);
                    return;
                }
            }
        }
        throw new AssertionError("a full disk took everything");
    }

    private static LogIn logIn(long id, String name) {
        return new LogIn(id, new Username(name), RawClient.device(name), RawClient.secret(name));
    }

    private ServerJvm start(String store, Path data) throws Exception {
        return ServerJvm.start(onOwnDisk(), Map.of(), data, "--store", store, "--operations-port=0");
    }

    private List<String> onOwnDisk(String... command) {
        String script = "mount -t tmpfs -o size=24m,mode=755 tmpfs \"$0\" && exec \"$@\"";
        return Stream.concat(Stream.of("unshare", "-rm", "sh", "-c", script, disk.toString()), Stream.of(command))
                .toList();
    }

    /** Leaves no room but in files that are there. */
    private static Path fill(Path disk) throws IOException {
        Path filler = disk.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException full) {
            return filler;
        }
    }

    private Submit firstRefused(RawClient alice, RawLane lane) {
        for (int i = 0; i < 1_000; i++) {
            Submit next = lane.next(LONG + i);
            if (answer(alice, lane, next) instanceof Accepted accepted) {
                talk.accepted(accepted.items().get(0).position().value(), LONG + i);
            } else {
                return next;
            }
        }
        throw new AssertionError("a full disk took everything");
    }

    private static ServerFrame answer(RawClient alice, RawLane lane, Submit message) {
        return alice.await(lane.begin(message));
    }

    /** The same bytes again; the first attempt may have been kept. */
    private void accept(RawClient alice, RawLane lane, Submit message) {
        ServerFrame answer = answer(alice, lane, message);
        assertThat(answer).isInstanceOf(Accepted.class);
        String text = new String(message.envelope().value().toArray(), StandardCharsets.UTF_8);
        talk.accepted(((Accepted) answer).items().get(0).position().value(), text);
    }

    /** As if the server had been killed now, while nobody sends. */
    private void requireKeptInACopy(String store, Path data) throws Exception {
        Path copy = directory.resolve("copy");
        try (Stream<Path> all = Files.walk(data)) {
            for (Path path : all.filter(Started::isKept).toList()) {
                Files.copy(path, copy.resolve(data.relativize(path).toString()));
            }
        }
        try (Started again = Started.with(copy, Map.of(Setting.STORE, store))) {
            talk.requireKept(again.client());
        }
    }
}
