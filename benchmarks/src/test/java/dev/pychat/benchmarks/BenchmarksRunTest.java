package dev.pychat.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** A benchmark that nobody runs is soon one that nobody can run. Nothing is said here about speed. */
class BenchmarksRunTest {
    @Test
    void everyBenchmarkRunsOnce() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .mode(Mode.SingleShotTime)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .forks(0)
                        .param("messages", "20")
                        .param("laid", "1000")
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        assertThat(results)
                .extracting(result -> result.getParams().getBenchmark())
                .contains(
                        FrameCodecBenchmark.class.getName() + ".encode",
                        FrameCodecBenchmark.class.getName() + ".decode",
                        EpochBenchmark.class.getName() + ".begin",
                        EpochBenchmark.class.getName() + ".open",
                        EnvelopeBenchmark.class.getName() + ".seal",
                        EnvelopeBenchmark.class.getName() + ".open",
                        EnvelopeBenchmark.class.getName() + ".conversation",
                        HistoryBenchmark.class.getName() + ".fetched",
                        HistoryBenchmark.class.getName() + ".reopened",
                        CommitterBenchmark.class.getName() + ".alone",
                        CommitterBenchmark.class.getName() + ".together",
                        StoreBenchmark.class.getName() + ".append1",
                        StoreBenchmark.class.getName() + ".append64",
                        StoreBenchmark.class.getName() + ".append1000",
                        StoreBenchmark.class.getName() + ".page50");
    }
}
