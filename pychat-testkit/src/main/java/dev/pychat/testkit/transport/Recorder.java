package dev.pychat.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.transport.CloseReason;
import dev.pychat.transport.Connection;
import dev.pychat.transport.FrameHandler;
import dev.pychat.wire.Frame;
import dev.pychat.wire.MalformedFrameException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Keeps what one end of a connection was told, and may answer. Thread-safe. */
final class Recorder<I extends Frame, O extends Frame> implements FrameHandler<I> {

    /** How long anything that must happen may take. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Connection<O> connection;
    private final BiConsumer<Connection<O>, I> reaction;
    private final BlockingQueue<I> frames = new LinkedBlockingQueue<>();
    private final BlockingQueue<MalformedFrameException> faults = new LinkedBlockingQueue<>();
    private final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> threads = new LinkedBlockingQueue<>();
    private volatile @Nullable O answer;
    private final AtomicInteger inside = new AtomicInteger();

    Recorder(Connection<O> connection, BiConsumer<Connection<O>, I> reaction) {
        this.connection = connection;
        this.reaction = reaction;
    }

    @Override
    public void onFrame(I frame) {
        assertThat(inside.incrementAndGet()).as("frames handled at a time").isEqualTo(1);
        threads.add((Thread.currentThread().isDaemon() ? "daemon " : "user ")
                + Thread.currentThread().getName());
        assertThat(closed).as("closed before a frame").isEmpty();
        frames.add(frame);
        try {
            reaction.accept(connection, frame);
        } finally {
            inside.decrementAndGet();
        }
    }

    @Override
    public void onMalformed(MalformedFrameException fault) {
        O ready = answer;
        if (ready != null) {
            connection.send(ready);
        }
        faults.add(fault);
    }

    @Override
    public void onClosed(CloseReason reason) {
        closed.add(reason);
    }

    /** What is sent when something malformed arrives. */
    void answerFaults(O frame) {
        answer = frame;
    }

    Connection<O> connection() {
        return connection;
    }

    I frame() {
        return next(frames, "frame");
    }

    MalformedFrameException fault() {
        return next(faults, "malformed frame");
    }

    CloseReason closed() {
        return next(closed, "close");
    }

    String thread() {
        return next(threads, "thread");
    }

    boolean hasMore() {
        return !frames.isEmpty() || !closed.isEmpty();
    }

    private static <T> T next(BlockingQueue<T> queue, String what) {
        try {
            T found = queue.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (found == null) {
                throw new AssertionError("no " + what + " within " + PATIENCE);
            }
            return found;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for a " + what, e);
        }
    }
}
