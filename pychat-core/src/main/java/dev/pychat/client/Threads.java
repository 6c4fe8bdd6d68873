package dev.pychat.client;

import dev.pychat.transport.internal.NamedThreads;
import dev.pychat.transport.internal.SharedPools;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that all clients of this process share, each pool made when it is first used. All are daemons and named
 * {@code pychat-*}; idle ones end, and at once when the last client is closed.
 */
final class Threads {

    private static final int IDLE_SECONDS = 20;
    private static final Duration NOTHING_BEGINS = Duration.ofMillis(50);
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private Threads() {}

    private static final class Work {
        private static final Executor POOL =
                SharedPools.share(NamedThreads.pool("client", Math.max(2, PROCESSORS), Integer.MAX_VALUE));
    }

    private static final class Unwraps {
        private static final Executor POOL =
                SharedPools.share(NamedThreads.pool("unwrap", Math.max(1, PROCESSORS / 2), Integer.MAX_VALUE));
    }

    private static final class Callbacks {
        private static final Executor POOL = NamedThreads.virtual("callback")
                .<Executor>map(virtual -> virtual)
                .orElseGet(() -> growing("callback"));
    }

    private static final class Receipts {
        private static final Executor POOL = growing("receipt");
    }

    private static final class Connects {
        private static final Executor POOL = NamedThreads.virtual("connect")
                .<Executor>map(virtual -> virtual)
                .orElseGet(() -> SharedPools.share(new ThreadPoolExecutor(
                        0,
                        Integer.MAX_VALUE,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        NamedThreads.factory("connect"))));
    }

    private static final class Timer {
        private static final ScheduledThreadPoolExecutor POOL = SharedPools.share(NamedThreads.timer("timer"));
    }

    /** Apart from the timer, whose tasks are dropped when nobody is there for whom they would be done. */
    private static final class Watch {
        private static final ScheduledThreadPoolExecutor POOL = SharedPools.share(NamedThreads.timer("watch"));
    }

    /** A client begins to use them. */
    static void enter() {
        SharedPools.enter();
    }

    /** A client has ended. With the last one idle threads end at once, and what was to be done later for one is dropped. */
    static void leave() {
        SharedPools.leave(Threads::dropWhatWaits);
    }

    private static void dropWhatWaits() {
        Timer.POOL.getQueue().clear();
    }

    private static Executor growing(String whose) {
        GrowingPool growing = new GrowingPool(
                Math.max(2, PROCESSORS), NamedThreads.factory(whose), look -> watchAfter(NOTHING_BEGINS, look));
        SharedPools.share(growing.threads());
        return growing;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it hands on and does not fail
    private static void watchAfter(Duration delay, Runnable look) {
        Watch.POOL.schedule(look, delay.toMillis(), TimeUnit.MILLISECONDS);
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

    /** For listeners, unless the caller supplies something else: any of them may block, and none holds up another's. */
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

    /**
     * For attempts to connect, and for looking after keys and vault: they wait for the server. At most two for each client, and where the
     * JVM has virtual threads, these: all clients lose a server at the same time.
     */
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
