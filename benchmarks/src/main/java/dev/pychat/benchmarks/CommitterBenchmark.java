package dev.pychat.benchmarks;

import dev.pychat.benchmarks.load.Directories;
import dev.pychat.model.PychatException;
import dev.pychat.ref.server.store.XodusStoreKind;
import dev.pychat.server.ChatServer;
import dev.pychat.server.ServerOptions;
import dev.pychat.store.ServerStores;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.transport.InProcessTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long an accepted message takes through a whole server in this process, from the frame of whoever submits it to the frame that accepts
 * it: alone, when each waits for a batch of its own, and with 256 on their way over 8 connections, which the committer brings to the store
 * together. In memory it is the engine and the committer alone, on Xodus each batch is synced.
 *
 * <p>Confined to the benchmark's threads, each with a state of its own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "-Dlogback.configurationFile=dev/pychat/ref/server/logback.xml"
        })
public class CommitterBenchmark {

    private static final int CONNECTIONS = 8;
    private static final int EACH = 32;

    /** Where the messages are kept. */
    @Param({"memory", "xodus"})
    public String store = "memory";

    private final List<Submitter> submitters = new ArrayList<>();
    private @Nullable Path directory;
    private @Nullable ChatServer running;

    /**
     * Starts the server and connects.
     *
     * @throws IOException if there is no directory
     * @throws PychatException if the store or the server fails
     * @throws InterruptedException if it was interrupted
     */
    @Setup(Level.Trial)
    public void start() throws IOException, PychatException, InterruptedException {
        directory = Files.createTempDirectory("pychat-committer-benchmark");
        SecureRandom random = new SecureRandom();
        ServerStores stores = store.equals("xodus")
                ? new XodusStoreKind().open(directory.resolve("data"), random)
                : MemoryServerStores.create(random);
        InProcessTransport transport = InProcessTransport.create();
        running = ChatServer.start(
                ServerOptions.builder(stores).transport(transport).build());
        for (int i = 0; i < CONNECTIONS; i++) {
            submitters.add(Submitter.connect(stores, transport.client(), "user" + i));
        }
    }

    /**
     * Stops the server and deletes what it has kept.
     *
     * @throws IOException if it can't be deleted
     */
    @TearDown(Level.Trial)
    public void stop() throws IOException {
        submitters.forEach(Submitter::close);
        if (running != null) {
            running.close();
        }
        if (directory != null) {
            Directories.delete(directory);
        }
    }

    /**
     * One message, alone.
     *
     * @throws InterruptedException if it was interrupted
     */
    @Benchmark
    public void alone() throws InterruptedException {
        Submitter only = submitters.get(0);
        only.submit(1);
        only.await(1);
    }

    /**
     * 256 messages at once; the time is that of one of them.
     *
     * @throws InterruptedException if it was interrupted
     */
    @Benchmark
    @OperationsPerInvocation(CONNECTIONS * EACH)
    public void together() throws InterruptedException {
        submitters.forEach(submitter -> submitter.submit(EACH));
        for (Submitter submitter : submitters) {
            submitter.await(EACH);
        }
    }
}
