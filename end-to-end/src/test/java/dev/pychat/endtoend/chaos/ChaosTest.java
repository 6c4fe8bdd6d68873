package dev.pychat.endtoend.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.pychat.endtoend.Checkout;
import dev.pychat.endtoend.Trees;
import dev.pychat.endtoend.programs.Installation;
import dev.pychat.endtoend.programs.Shared;
import dev.pychat.testkit.network.Fault;
import dev.pychat.testkit.store.Draw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What holds when all that can happen to processes and connections has happened: each side holds each message exactly once, in one order,
 * with all that was accepted and no finding; and no log tells what it may not.
 *
 * <p>A seed that fails is named in the failure, and what it left lies in {@code chaos-SEED} below the module's output.
 */
@ExtendWith(Shared.class)
class ChaosTest {

    private static final int TEXTS_A_MINUTE = 1_000;
    private static final Duration A_KILL_AT_LEAST = Duration.ofSeconds(40);
    private static final Duration AGAIN = Duration.ofSeconds(20);
    private static final Path FAILED =
            Checkout.ROOT.resolve("end-to-end/src/test/resources/chaos/seeds-that-failed.txt");

    @Test
    void everybodyHoldsEachMessageOnceInOneOrderAndLogsTellNothing(Installation pychat) throws Exception {
        Duration time = Duration.ofSeconds(Long.parseLong(Checkout.property("pychat.chaos.seconds")));
        play(pychat, Draw.announced(ChaosTest.class).below(Integer.MAX_VALUE), time);
    }

    @TestFactory
    Stream<DynamicTest> seedsThatFailedFailNoMore(Installation pychat) throws IOException {
        return Files.readAllLines(FAILED).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> dynamicTest(line, () -> play(pychat, Long.parseLong(line.split(" ", 2)[0]), AGAIN)));
    }

    private static void play(Installation pychat, long seed, Duration time) throws Exception {
        System.out.println("chaos with the seed " + seed);
        Path directory = Checkout.output("end-to-end").resolve("chaos-" + seed);
        Trees.delete(directory);
        try (ChaosRun run = new ChaosRun(pychat, directory, seed)) {
            run.gather();
            run.rage(time);
            run.settle();
            int texts = run.agreement().require();
            run.end();
            System.out.println("chaos: " + texts + " texts " + run.summary());
            assertThat(texts).isGreaterThan((int) (TEXTS_A_MINUTE * time.toSeconds() / 60));
            assertThat(run.kills())
                    .isGreaterThanOrEqualTo((int) Math.max(1, time.toSeconds() / A_KILL_AT_LEAST.toSeconds()));
            assertThat(run.kindsOfFaults())
                    .contains(
                            Fault.Cut.class,
                            Fault.Reset.class,
                            Fault.Stall.class,
                            Fault.Split.class,
                            Fault.Delay.class);
            requireClean(run);
        } catch (Exception | AssertionError e) {
            throw new AssertionError("chaos with the seed " + seed + ", see " + directory, e);
        }
        Trees.delete(directory);
    }

    private static void requireClean(ChaosRun run) throws IOException {
        LogSearch search = run.search();
        List<String> found = new ArrayList<>();
        for (Path log : run.logFiles()) {
            found.addAll(search.in(log));
        }
        System.out.println("chaos: " + found.size() + " of " + search.lines() + " log lines tell what they may not");
        assertThat(found).isEmpty();
    }
}
