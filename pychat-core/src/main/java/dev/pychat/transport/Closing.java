package dev.pychat.transport;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How far a connection's end has come: open, closing with a reason, aborted. Aborted when both directions are done, when
 * the linger time is over, or when somebody says so.
 *
 * <p>Thread-safe. Its callbacks run outside its lock.
 */
final class Closing {

    private final ReentrantLock lock = new ReentrantLock();
    private final Duplex duplex;
    private final Runnable gone;
    private @Nullable CloseReason reason;
    private boolean readerDone;
    private boolean writerDone;
    private boolean aborted;

    /** Watches over a duplex; {@code gone} runs once, when it is aborted. */
    Closing(Duplex duplex, Runnable gone) {
        this.duplex = duplex;
        this.gone = gone;
    }

    /** Begins to close; true if this call was the first. */
    boolean begin(CloseReason why, Duration linger) {
        lock.lock();
        try {
            if (reason != null) {
                return false;
            }
            reason = why;
        } finally {
            lock.unlock();
        }
        try {
            Threads.after(linger, this::abort);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // Nobody would end the lingering, so there is none.
            abort();
        }
        return true;
    }

    /** Ends without lingering. The reason counts if there was none. */
    void abort(CloseReason why) {
        lock.lock();
        try {
            if (reason == null) {
                reason = why;
            }
        } finally {
            lock.unlock();
        }
        abort();
    }

    boolean isOpen() {
        lock.lock();
        try {
            return reason == null;
        } finally {
            lock.unlock();
        }
    }

    /** Why it was closed; only asked once it is. */
    CloseReason reason() {
        lock.lock();
        try {
            return reason == null ? new CloseReason(CloseReason.Kind.PEER, "the other end closed") : reason;
        } finally {
            lock.unlock();
        }
    }

    void readerDone() {
        done(true);
    }

    void writerDone() {
        done(false);
    }

    private void done(boolean reader) {
        boolean both;
        lock.lock();
        try {
            readerDone |= reader;
            writerDone |= !reader;
            both = readerDone && writerDone;
        } finally {
            lock.unlock();
        }
        if (both) {
            abort();
        }
    }

    private void abort() {
        lock.lock();
        try {
            if (aborted) {
                return;
            }
            aborted = true;
        } finally {
            lock.unlock();
        }
        duplex.abort();
        gone.run();
    }
}
