package dev.pychat.transport.internal;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The absolute deadline of a frame that has been begun: set by its first byte, not moved by further ones. A frame that
 * arrives in one chunk, as nearly all do, costs nothing.
 *
 * <p>Thread-safe.
 */
public final class FrameDeadline {

    private final ReentrantLock lock = new ReentrantLock();
    private final Later later;
    private final Duration timeout;
    private final Runnable action;
    private volatile Later.@Nullable Planned pending;
    private boolean stopped;

    /**
     * Sets nothing yet.
     *
     * @param later keeps the time
     * @param timeout how long a frame may take
     * @param action what happens to one that takes longer
     */
    public FrameDeadline(Later later, Duration timeout, Runnable action) {
        this.later = later;
        this.timeout = timeout;
        this.action = action;
    }

    /**
     * Learns whether the bytes at hand end inside a frame.
     *
     * @param begun true if a frame was begun and not finished
     */
    public void inside(boolean begun) {
        if (!begun && pending == null) {
            return;
        }
        lock.lock();
        try {
            if (begun && pending == null && !stopped) {
                pending = later.after(timeout, action);
            } else if (!begun) {
                cancel();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sets no deadline any more. */
    public void stop() {
        lock.lock();
        try {
            stopped = true;
            cancel();
        } finally {
            lock.unlock();
        }
    }

    private void cancel() {
        Later.Planned task = pending;
        pending = null;
        if (task != null) {
            task.cancel();
        }
    }
}
