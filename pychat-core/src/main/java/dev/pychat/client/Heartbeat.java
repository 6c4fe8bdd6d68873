package dev.pychat.client;

import dev.pychat.wire.Ping;
import dev.pychat.wire.Pong;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a connection alive, and finds out that it is half open: the peer is gone, and TCP has not noticed. Where nothing was heard, or
 * nothing was said, for {@link ClientOptions#pingAfter}, a ping goes out; where nothing was heard for an answer's time beyond that, the
 * connection is given up. Thread-safe.
 */
final class Heartbeat {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    /** How often it looks, in parts of {@link ClientOptions#pingAfter}. */
    private static final int LOOKS = 4;

    private final Duration pingAfter;
    private final Duration givenUpAfter;
    private final Supplier<Optional<Link>> present;
    private final Future<?> looking;
    private volatile Future<?> asked = CompletableFuture.completedFuture("");

    Heartbeat(ClientOptions options, Supplier<Optional<Link>> present) {
        this.pingAfter = options.pingAfter();
        this.givenUpAfter = pingAfter.plus(options.requestTimeout());
        this.present = present;
        this.looking = Threads.regularly(pingAfter.dividedBy(LOOKS), this::look);
    }

    private void look() {
        try {
            present.get().ifPresent(this::look);
        } catch (RuntimeException e) {
            // A transport of somebody else's may fail as it should not; the next look finds out what became of it.
            LOG.warn("the connection could not be looked after", e);
        }
    }

    private void look(Link here) {
        if (here.isSilentFor(givenUpAfter)) {
            here.close("the server has been silent for too long");
        } else if (asked.isDone() && (here.isSilentFor(pingAfter) || here.isUnusedFor(pingAfter))) {
            // Also where the server talks and this side has nothing to say: the server ends what is silent.
            asked = here.ask(Pong.class, Ping::new);
        }
    }

    void stop() {
        looking.cancel(false);
    }
}
