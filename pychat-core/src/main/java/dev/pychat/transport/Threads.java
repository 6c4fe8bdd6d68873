package dev.pychat.transport;

import dev.pychat.transport.internal.Later;
import dev.pychat.transport.internal.NamedThreads;
import dev.pychat.transport.internal.SharedPools;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that the transports of one process share: virtual ones where the platform has them, else daemon threads that
 * end when idle. Nobody interrupts them: an interrupt closes the socket that a virtual thread is blocked on.
 */
final class Threads {

    private static final int IDLE_SECONDS = 20;

    /** For everything that blocks. Bounded by the connections: at most two threads for each. */
    static final ExecutorService BLOCKING = NamedThreads.virtual("io").orElseGet(Threads::cached);

    private static final ScheduledThreadPoolExecutor DEADLINES = SharedPools.share(NamedThreads.timer("deadlines"));

    private Threads() {}

    private static ExecutorService cached() {
        return SharedPools.share(new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                NamedThreads.factory("io")));
    }

    /** Runs a task that never blocks after some time, unless it is cancelled before. */
    static Later.Planned after(Duration delay, Runnable task) {
        ScheduledFuture<?> planned = DEADLINES.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> planned.cancel(false);
    }
}
