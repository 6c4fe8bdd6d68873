package dev.pychat.transport;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The absolute deadline of a frame that has been begun: set by its first byte, not moved by further ones. A frame that
 * arrives in one chunk, as nearly all do, costs nothing.
 *
 * <p>Thread-safe.
 */
final class FrameDeadline {

    private final ReentrantLock lock = new ReentrantLock();
    private final Duration timeout;
    private final Runnable action;
    private volatile Threads.@Nullable Timer pending;
    private boolean stopped;

    FrameDeadline(Duration timeout, Runnable action) {
        this.timeout = timeout;
        this.action = action;
    }

    /** Says whether the bytes at hand end inside a frame. */
    void inside(boolean begun) {
        if (!begun && pending == null) {
            return;
        }
        lock.lock();
        try {
            if (begun && pending == null && !stopped) {
                pending = Threads.after(timeout, action);
            } else if (!begun) {
                cancel();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sets no deadline any more. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            cancel();
        } finally {
            lock.unlock();
        }
    }

    private void cancel() {
        Threads.Timer task = pending;
        pending = null;
        if (task != null) {
            task.cancel();
        }
    }
}
