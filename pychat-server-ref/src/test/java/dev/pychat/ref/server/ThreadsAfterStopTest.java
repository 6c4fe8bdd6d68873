package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.testkit.server.RawClient;
import dev.pychat.testkit.server.RawLane;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stopped server leaves no thread behind, whichever store it had and in whatever state its connections were. */
class ThreadsAfterStopTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"xodus", "sqlite"})
    void namesOfThreadsAreThoseOfBefore(String store) throws Exception {
        // Once in advance: what Java and the libraries start once and never end is there before the count.
        Set<Thread> others = working();
        startUseAndStop(directory.resolve("before"), store);
        assertThat(await(others, ThreadsAfterStopTest::isOurs)).isEmpty();
        Set<Thread> before = working();
        startUseAndStop(directory.resolve("data"), store);
        Set<String> names = before.stream().map(Thread::getName).collect(Collectors.toSet());
        assertThat(await(before, thread -> isOurs(thread) || !names.contains(thread.getName())))
                .isEmpty();
    }

    private static void startUseAndStop(Path data, String store) throws Exception {
        Started server = Started.with(data, Map.of(Setting.STORE, store, Setting.OPERATIONS_PORT, "0"));
        try (server;
                RawClient alice = server.client();
                RawClient bob = server.client();
                RawTls stranger = RawTls.connect(server.port());
                Socket silent = new Socket("localhost", server.port())) {
            alice.signUp("alice");
            bob.signUp("bob");
            new RawLane(alice, "bob").send("one");
            assertThat(working().stream().filter(ThreadsAfterStopTest::isOurs))
                    .as("while it runs")
                    .hasSizeGreaterThan(3);
            assertThat(stranger).isNotNull();
            assertThat(silent.isConnected()).isTrue();
            Thread other = new Thread(server::close);
            other.start();
            server.close();
            other.join();
        }
        server.close();
    }

    private static boolean isOurs(Thread thread) {
        return thread.getName().startsWith("pychat-");
    }

    /** The names of those that were not there before, when there are none or patience is over. */
    private static Set<String> await(Set<Thread> before, Predicate<Thread> counts) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Set<String> left;
        do {
            left = working().stream()
                    .filter(thread -> !before.contains(thread))
                    .filter(counts)
                    .map(Thread::getName)
                    .collect(Collectors.toCollection(TreeSet::new));
            Thread.onSpinWait();
        } while (!left.isEmpty() && System.nanoTime() < end);
        return left;
    }

    /** All threads, without those of the transports' pool that wait for work of any server: they end by themselves. */
    private static Set<Thread> working() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> !isIdle(thread.getKey(), thread.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static boolean isIdle(Thread thread, StackTraceElement[] stack) {
        return Stream.of("pychat-io-", "pychat-deadlines-").anyMatch(thread.getName()::startsWith)
                && Arrays.stream(stack).noneMatch(at -> at.getClassName().startsWith("dev.pychat."));
    }
}
