package dev.pychat.benchmarks.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.benchmarks.load.ThreadTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Linux says of threads is shared out among what they were found at. */
class BudgetTest {

    private static final List<String> CODEC = List.of("java.util.HashMap", "dev.pychat.wire.FrameCodec");
    private static final List<String> TLS =
            List.of("io.netty.internal.tcnative.SSL", "io.netty.handler.ssl.SslHandler");
    private static final List<String> WAIT = List.of("io.netty.channel.epoll.Native");

    private final List<Sample> samples = new ArrayList<>();

    private static ThreadTime thread(String name, int user, int system) {
        return new ThreadTime(name, Duration.ofMillis(user), Duration.ofMillis(system));
    }

    private void add(int number, Sample sample) {
        for (int i = 0; i < number; i++) {
            samples.add(sample);
        }
    }

    @Test
    void kernelTimeGoesToWhatWasFoundThereAndWaitingTakesNoneOfTheRest() {
        add(3, Sample.inJava(7, CODEC));
        add(1, Sample.inJava(7, List.of("dev.pychat.server.Engine")));
        add(80, Sample.inNative(7, WAIT));
        Budget budget = Budget.of(
                new Spent(Duration.ofMillis(500), Map.of(7L, thread("pychat-frames-1", 400, 100)), 2_000), samples);
        assertThat(budget.millisForThousand(Share.CODEC)).isEqualTo(150);
        assertThat(budget.millisForThousand(Share.ENGINE)).isEqualTo(50);
        assertThat(budget.millisForThousand(Share.SOCKETS)).isEqualTo(50);
        assertThat(budget.millisForThousand(Share.OTHER)).isZero();
    }

    @Test
    void nativeSampleStandsForAsManyAsThereAreThreadsInNativeCode() {
        // Two threads wait all the time, and one is in BoringSSL for half of it: it is looked at in every third round,
        // or in none.
        add(10, Sample.inNative(1, WAIT));
        add(10, Sample.inNative(2, WAIT));
        add(5, Sample.inNative(7, TLS));
        add(12, Sample.inJava(7, CODEC));
        Budget budget = Budget.of(
                new Spent(Duration.ofMillis(490), Map.of(7L, thread("pychat-frames-1", 490, 0)), 1_000), samples);
        assertThat(budget.millisForThousand(Share.TLS)).isEqualTo(250);
        assertThat(budget.millisForThousand(Share.CODEC)).isEqualTo(240);
    }

    @Test
    void threadsThatAreNeverSampledAreTheJvms() {
        Map<Long, ThreadTime> threads = Map.of(
                1L,
                thread("GC Thread#0", 30, 10),
                2L,
                thread("C2 CompilerThre", 60, 0),
                4L,
                thread("pychat-store", 0, 8));
        Budget budget = Budget.of(new Spent(Duration.ofMillis(115), threads, 1_000), samples);
        assertThat(budget.millisForThousand(Share.JVM)).isEqualTo(100);
        // What a thread of the server did that no sample tells, and what threads did that have ended.
        assertThat(budget.millisForThousand(Share.OTHER)).isEqualTo(8 + 7);
    }

    @Test
    void threadsOfOnePoolShareTheirSamples() {
        add(1, Sample.inJava(7, CODEC));
        add(3, Sample.inJava(8, List.of("dev.pychat.server.Engine")));
        add(9, Sample.inJava(99, List.of("dev.pychat.store.Somewhere")));
        Map<Long, ThreadTime> threads =
                Map.of(7L, thread("pychat-server-1", 60, 0), 8L, thread("pychat-server-", 20, 0));
        Budget budget = Budget.of(new Spent(Duration.ofMillis(80), threads, 1_000), samples);
        assertThat(budget.millisForThousand(Share.CODEC)).isEqualTo(20);
        assertThat(budget.millisForThousand(Share.ENGINE)).isEqualTo(60);
        assertThat(budget.millisForThousand(Share.STORE))
                .as("of a thread that was not there")
                .isZero();
    }

    @Test
    void partsAddUpToTheTotal() {
        add(17, Sample.inJava(7, CODEC));
        add(5, Sample.inJava(7, List.of("java.lang.Thread")));
        add(23, Sample.inNative(7, TLS));
        add(31, Sample.inNative(8, WAIT));
        Map<Long, ThreadTime> threads = Map.of(
                7L,
                thread("pychat-frames-1", 333, 120),
                8L,
                thread("pychat-handshak", 10, 0),
                9L,
                thread("VM Thread", 7, 0));
        Budget budget = Budget.of(new Spent(Duration.ofMillis(480), threads, 1), samples);
        Duration sum = budget.spent().values().stream().reduce(Duration.ZERO, Duration::plus);
        assertThat(sum).isCloseTo(Duration.ofMillis(480), Duration.ofNanos(100));
    }
}
