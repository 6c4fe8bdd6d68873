package dev.pychat.transport.internal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Looks, where much is queued, whether the other end takes any of it. Thread-safe. */
public final class StallWatch {

    private static final int WORTH_WATCHING = 64 * 1024;

    private final AtomicBoolean watched = new AtomicBoolean();
    private final Later later;
    private final SendQueue queue;
    private final Duration stallTimeout;
    private final Runnable stalled;

    /**
     * Watches nothing yet.
     *
     * @param later keeps the time
     * @param queue what is looked at
     * @param stallTimeout the longest time in which nothing is taken
     * @param stalled what happens when it is over
     */
    public StallWatch(Later later, SendQueue queue, Duration stallTimeout, Runnable stalled) {
        this.later = later;
        this.queue = queue;
        this.stallTimeout = stallTimeout;
        this.stalled = stalled;
    }

    /** Looks once, after the stall time, whether a queue that grew has moved. */
    public void watchIfSlow() {
        if (queue.bytes() > WORTH_WATCHING && watched.compareAndSet(false, true)) {
            long before = queue.written();
            later.after(stallTimeout, () -> look(before));
        }
    }

    private void look(long before) {
        watched.set(false);
        if (queue.written() == before && queue.bytes() > 0) {
            stalled.run();
        } else {
            watchIfSlow();
        }
    }
}
