package dev.pychat.benchmarks.contender;

import dev.pychat.benchmarks.budget.Profiler;
import dev.pychat.benchmarks.load.Proc;
import dev.pychat.benchmarks.load.ProcessTree;
import dev.pychat.benchmarks.load.ThreadTime;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A server that takes connections. Thread-safe, but for its end. */
public final class RunningServer implements AutoCloseable {

    /** How many batches its store has taken. */
    public static final String BATCHES = "batches";

    /** How many messages were in them. */
    public static final String BATCHED = "batched";

    /** How many bytes it has allocated. */
    public static final String ALLOCATED = "allocated";

    /** What a server tells of itself. */
    interface Inside {

        /** Names and values, counted since the start. */
        Map<String, Double> read() throws IOException;

        /** What finds out what its processor time goes to. */
        default Optional<Profiler> profiler() {
            return Optional.empty();
        }

        /** Collects garbage, and says whether it can be told to. */
        default boolean collect() throws IOException, InterruptedException {
            return false;
        }
    }

    private final Launched process;
    private final Net net;
    private final SslContext tls;
    private final Function<Part, Party> parties;
    private final Inside inside;

    RunningServer(Launched process, Net net, SslContext tls, Function<Part, Party> parties, Inside inside) {
        this.process = process;
        this.net = net;
        this.tls = tls;
        this.parties = parties;
        this.inside = inside;
    }

    RunningServer(Launched process, Net net, SslContext tls, Function<Part, Party> parties) {
        this(process, net, tls, parties, Map::of);
    }

    /**
     * Its processes.
     *
     * @return the tree
     */
    public ProcessTree processes() {
        return process.tree();
    }

    /**
     * What each thread of its first process has spent.
     *
     * @return by the thread's number
     * @throws IOException if Linux does not tell it
     */
    public Map<Long, ThreadTime> threads() throws IOException {
        return Proc.of(process.tree().root().pid()).threads();
    }

    /**
     * What it tells of itself, where it does.
     *
     * @return names and values, counted since its start; empty for most
     * @throws IOException if it does not answer
     */
    public Map<String, Double> inside() throws IOException {
        return inside.read();
    }

    /**
     * What finds out what its processor time goes to, where it is ours.
     *
     * @return the profiler; empty for most
     */
    public Optional<Profiler> profiler() {
        return inside.profiler();
    }

    /**
     * Lets it collect its garbage, where it is a JVM.
     *
     * @return whether it can be told to
     * @throws IOException if it did not
     * @throws InterruptedException if it was interrupted
     */
    public boolean collect() throws IOException, InterruptedException {
        return inside.collect();
    }

    /**
     * Opens a connection. It returns at once; {@link Party#ready} tells the rest.
     *
     * @param part what it is to play
     * @return the connection
     */
    public Party connect(Part part) {
        Party party = parties.apply(part);
        net.connect(party, tls, process.port());
        return party;
    }

    /**
     * How many connections began with a full TLS handshake, to this server and to those before it.
     *
     * @return the number; those that are not counted have resumed a session
     */
    public long fullHandshakes() {
        return net.fullHandshakes();
    }

    /** Kills it with SIGKILL, and waits until it is gone. */
    public void kill() {
        process.kill();
    }

    /** Stops it with SIGTERM, and with SIGKILL after a minute. */
    @Override
    public void close() {
        process.stop();
    }
}
