package dev.pychat.benchmarks;

import dev.pychat.model.PychatException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Opening a chat with 1,000 messages of 300 bytes, which a real client does against a real server in this process, in memory: connecting,
 * logging in and reading the whole history, page by page. The passphrase costs next to nothing here, as it has nothing to do with the chat.
 * With {@code -wi 0 -i 1 -f 10} it is the first time in each JVM; {@code taskset -c 0} in front of it gives client and server one core.
 *
 * <p>Confined to one thread.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 10)
@Fork(value = 3, jvmArgsAppend = "-Dlogback.configurationFile=dev/pychat/ref/server/logback.xml")
public class HistoryBenchmark {

    /** The history is on the server. */
    @State(Scope.Thread)
    public static class OnServer extends HistoryToOpen {}

    /** The history is in the device's own store. */
    @State(Scope.Thread)
    public static class OnDevice extends HistoryToOpen {

        /** Makes the benchmark's states; JMH does. */
        public OnDevice() {}

        @Override
        @Setup(Level.Invocation)
        public void write() throws PychatException, InterruptedException {
            super.write();
            open();
            close();
        }
    }

    /**
     * What the device shows is on the server: everything is fetched, opened, judged and kept, and then read.
     *
     * @param history the history
     * @return how many messages there were
     * @throws PychatException if something refuses
     * @throws InterruptedException if it was interrupted
     */
    @Benchmark
    public int fetched(OnServer history) throws PychatException, InterruptedException {
        return history.open();
    }

    /**
     * The device holds everything from an earlier time.
     *
     * @param history the history
     * @return how many messages there were
     * @throws PychatException if something refuses
     * @throws InterruptedException if it was interrupted
     */
    @Benchmark
    public int reopened(OnDevice history) throws PychatException, InterruptedException {
        return history.open();
    }
}
