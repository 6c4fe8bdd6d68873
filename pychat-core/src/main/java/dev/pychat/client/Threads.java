package dev.pychat.client;

import dev.pychat.transport.internal.NamedThreads;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that all clients of this process share, each pool made when it is first used. All are daemons and named
 * {@code pychat-*}; idle ones end.
 */
final class Threads {

    private static final int IDLE_SECONDS = 20;
    private static final Duration NOTHING_BEGINS = Duration.ofMillis(50);
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private Threads() {}

    private static final class Work {
        private static final Executor POOL = NamedThreads.pool("client", Math.max(2, PROCESSORS), Integer.MAX_VALUE);
    }

    private static final class Unwraps {
        private static final Executor POOL =
                NamedThreads.pool("unwrap", Math.max(1, PROCESSORS / 2), Integer.MAX_VALUE);
    }

    private static final class Callbacks {
        private static final Executor POOL = NamedThreads.virtual("callback")
                .orElseGet(() -> NamedThreads.pool("callback", Math.max(16, 4 * PROCESSORS), Integer.MAX_VALUE));
    }

    private static final class Receipts {
        private static final Executor POOL = new GrowingPool(
                Math.max(2, PROCESSORS), NamedThreads.factory("receipt"), look -> later(NOTHING_BEGINS, look));
    }

    private static final class Connects {
        private static final Executor POOL = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                NamedThreads.factory("connect"));
    }

    private static final class Timer {
        private static final ScheduledThreadPoolExecutor POOL = NamedThreads.timer("timer");
    }

    /** For the engine's own steps, which compute and store and never wait for the network or for a listener. */
    static Executor work() {
        return Work.POOL;
    }

    /** For operations with private keys that others bring about, after a while: they compute for long and leave room for the rest. */
    static Executor unwraps(Duration delay) {
        return task -> {
            if (delay.isZero()) {
                Unwraps.POOL.execute(task);
            } else {
                later(delay, () -> Unwraps.POOL.execute(task));
            }
        };
    }

    /** For listeners, unless the caller supplies something else. */
    static Executor callbacks() {
        return Callbacks.POOL;
    }

    /**
     * For what hangs on receipts, which may wait for other receipts. These are platform threads on every JVM: a virtual one would wait
     * for a carrier, and callers may hold all of those where waiting pins them.
     */
    static Executor receipts() {
        return Receipts.POOL;
    }

    /** For attempts to connect, which block; at most one for each client. */
    static Executor connects() {
        return Connects.POOL;
    }

    /** Runs a task once after a while; tasks there only hand on. */
    @SuppressWarnings("FutureReturnValueIgnored") // the tasks hand on and do not fail
    static void later(Duration delay, Runnable task) {
        Timer.POOL.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs a task again and again, until the answer is cancelled. */
    static Future<?> regularly(Duration delay, Runnable task) {
        return Timer.POOL.scheduleWithFixedDelay(task, delay.toMillis(), delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
