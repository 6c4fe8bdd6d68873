package dev.pychat.server;

import dev.pychat.store.StoreException;
import dev.pychat.transport.KeyPin;
import dev.pychat.transport.Listener;
import dev.pychat.transport.ServerTransport;
import dev.pychat.transport.TransportException;
import dev.pychat.transport.internal.DurationText;
import dev.pychat.transport.internal.NamedThreads;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.ServerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running chat server. It stores and delivers what it can't read.
 *
 * <p>Thread-safe. Its threads are daemons named {@code pychat-...}.
 */
public final class ChatServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChatServer.class);
    private static final Duration MOST_BETWEEN_SWEEPS = Duration.ofSeconds(5);

    private final Engine engine;
    private final ExecutorService executor;
    private final List<Listener> listeners = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private ChatServer(ServerOptions options) {
        this.executor = blocking(options.limits().readThreads());
        this.engine = new Engine(options, executor);
    }

    private static ExecutorService blocking(int threads) {
        return NamedThreads.virtual("server").orElseGet(() -> NamedThreads.standing("server", threads));
    }

    /**
     * Starts a server.
     *
     * @param options what it is made of
     * @return the running server
     * @throws TransportException if a transport can't listen; then nothing is left running, and the stores are as they were
     *     and still the caller's
     */
    public static ChatServer start(ServerOptions options) throws TransportException {
        ChatServer server = new ChatServer(options);
        try {
            for (ServerTransport transport : options.transports()) {
                server.listeners.add(transport.listen(server.engine::accept));
            }
        } catch (TransportException | RuntimeException e) {
            server.stop().close();
            throw e;
        }
        server.sweepRegularly();
        return server;
    }

    /**
     * Where the server listens.
     *
     * @return one running listener for each transport, in their order
     */
    public List<Listener> listeners() {
        return List.copyOf(listeners);
    }

    /**
     * The port of the first transport.
     *
     * @return the port that it really listens on; 0 where there are no ports
     */
    public int port() {
        return listeners.get(0).port();
    }

    /**
     * How many clients are connected.
     *
     * @return the number now, signed in or not
     */
    public int connections() {
        return engine.connections().size();
    }

    /**
     * What the server has in hand now, for whoever watches over it. Cheap enough to be asked every second.
     *
     * @return the figures of about this moment
     */
    public ServerLoad load() {
        return engine.load();
    }

    /**
     * Tells every client with a session, now and from now on, that the server's TLS key will be another, so that those who have
     * pinned the present one take the next one too (PROTOCOL.md, section 1.1). It changes nothing about the present key.
     *
     * @param next the key that is to come
     * @return how many sessions there were to be told
     */
    public int announceKey(KeyPin next) {
        return engine.announce(Optional.of(new ServerKey(next.value())));
    }

    /** Tells nobody any more of another key: it has come, or does not come. */
    public void announceNoKey() {
        int told = engine.announce(Optional.empty());
        assert told == 0;
    }

    /**
     * Stops: takes no further connections and requests, answers what is in flight, says goodbye to the clients and closes the
     * stores. Waits at most {@link ServerLimits#stopTime} for what is in flight, and as long again for the last frames to
     * leave and the stores to close. Stores that have not closed by then do so when they let go, on a daemon thread; a process
     * that ends before has not closed them. An interrupt of the calling thread shortens nothing and is kept. Idempotent.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try (Deadline last = stop()) {
            Thread closer = NamedThreads.factory("close").newThread(this::closeStores);
            closer.start();
            if (!last.join(closer)) {
                LOG.error("the stores are not closed yet, something in them has not ended");
            }
        }
    }

    private void closeStores() {
        try {
            engine.stores().close();
        } catch (StoreException e) {
            LOG.error("the stores could not be closed cleanly: {}", e.getMessage());
        }
    }

    /** Ends all but the stores. Answers with what is left of the time for that. */
    private Deadline stop() {
        Duration most = engine.limits().stopTime();
        listeners.forEach(Listener::stopAccepting);
        engine.stopping();
        try (Deadline first = Deadline.in(most)) {
            first.await(() -> engine.connections().stream().noneMatch(ClientConnection::hasUnanswered));
            engine.close(first);
        }
        engine.connections()
                .forEach(connection -> connection.dismiss(ErrorCode.SHUTTING_DOWN, "the server is stopping"));
        listeners.forEach(Listener::close);
        Deadline last = Deadline.in(most);
        last.await(() -> engine.connections().isEmpty());
        if (!last.shutdown(executor)) {
            LOG.warn("some requests did not end within {}", DurationText.of(most));
        }
        return last;
    }

    private void sweepRegularly() {
        Duration shortest = engine.limits().signInTime();
        if (engine.limits().idleTime().compareTo(shortest) < 0) {
            shortest = engine.limits().idleTime();
        }
        Duration quarter = shortest.dividedBy(4).plusMillis(1);
        engine.regularly(quarter.compareTo(MOST_BETWEEN_SWEEPS) < 0 ? quarter : MOST_BETWEEN_SWEEPS, this::sweep);
    }

    private void sweep() {
        Instant now = engine.clock().instant();
        engine.connections().forEach(connection -> {
            try {
                connection.endIfOverdue(now);
            } catch (RuntimeException | Error e) {
                // Such as a thread that can't be started: the others are looked at all the same, and this one again.
                LOG.error("the sweep over a connection failed", e);
            }
        });
    }
}
