package dev.pychat.benchmarks;

import dev.pychat.benchmarks.load.Directories;
import dev.pychat.benchmarks.load.Talk;
import dev.pychat.model.PychatException;
import dev.pychat.ref.server.store.XodusStoreKind;
import dev.pychat.store.AppendResult;
import dev.pychat.store.MessagePage;
import dev.pychat.store.Submission;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.store.directory.StoreKind;
import dev.pychat.store.sqlite.SqliteStoreKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the two stores on a disk take for a batch of messages that are durable together, and for a page of 50, with a hundred
 * conversations. The time of a batch is that of all its messages. The directory is a temporary one: {@code -jvmArgsAppend
 * -Djava.io.tmpdir=} says on which disk.
 *
 * <p>Confined to the benchmark's threads, each with a state of its own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "-Dlogback.configurationFile=dev/pychat/ref/server/logback.xml"
        })
public class StoreBenchmark {

    private static final int CONVERSATIONS = 100;
    private static final int PAGE = 50;
    private static final int LAID = 20_000;
    private static final int LAID_AT_ONCE = 1_000;
    private static final long SEED = 42;

    /** Which store. */
    @Param({"xodus", "sqlite"})
    public String store = "xodus";

    /** How many messages are there before anything is measured. */
    @Param("20000")
    public int laid = LAID;

    private final Random random = new Random(SEED);
    private final List<Talk> talks = new ArrayList<>();
    private @Nullable Path directory;
    private @Nullable DirectoryServerStores opened;

    /**
     * Opens a store and lays messages into it.
     *
     * @throws IOException if there is no directory
     * @throws PychatException if the store fails
     */
    @Setup(Level.Trial)
    public void lay() throws IOException, PychatException {
        directory = Files.createTempDirectory("pychat-store-benchmark");
        StoreKind kind = store.equals("sqlite") ? new SqliteStoreKind() : new XodusStoreKind();
        opened = kind.open(directory, new SecureRandom());
        for (int i = 0; i < CONVERSATIONS; i++) {
            talks.add(Talk.ofStrangers(random, i));
        }
        for (int left = laid; left > 0; left -= LAID_AT_ONCE) {
            append(Math.min(left, LAID_AT_ONCE));
        }
    }

    /**
     * Closes the store and deletes it.
     *
     * @throws IOException if it can't be deleted
     * @throws PychatException if the store fails
     */
    @TearDown(Level.Trial)
    public void delete() throws IOException, PychatException {
        stores().close();
        if (directory != null) {
            Directories.delete(directory);
        }
    }

    /**
     * A batch of one.
     *
     * @return the answer
     * @throws PychatException if the store fails
     */
    @Benchmark
    public List<AppendResult> append1() throws PychatException {
        return append(1);
    }

    /**
     * A batch of 64.
     *
     * @return the answers
     * @throws PychatException if the store fails
     */
    @Benchmark
    public List<AppendResult> append64() throws PychatException {
        return append(64);
    }

    /**
     * A batch of 1,000.
     *
     * @return the answers
     * @throws PychatException if the store fails
     */
    @Benchmark
    public List<AppendResult> append1000() throws PychatException {
        return append(1_000);
    }

    /**
     * A page somewhere in one of the conversations.
     *
     * @return the page
     * @throws PychatException if the store fails
     */
    @Benchmark
    public MessagePage page50() throws PychatException {
        Talk talk = talk();
        return stores().messages().page(talk.conversation(), talk.somewhere(), PAGE);
    }

    private List<AppendResult> append(int size) throws PychatException {
        List<Submission> batch = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            batch.add(talk().next());
        }
        return stores().messages().append(batch);
    }

    private Talk talk() {
        return talks.get(random.nextInt(talks.size()));
    }

    private DirectoryServerStores stores() {
        if (opened == null) {
            throw new IllegalStateException("no store has been opened");
        }
        return opened;
    }
}
