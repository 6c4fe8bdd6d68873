package dev.pychat.client;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that all clients of this process share, each pool made when it is first used. All are daemons and named
 * {@code pychat-*}; idle ones end.
 */
final class Threads {

    private static final int IDLE_SECONDS = 20;
    private static final int CALLBACKS = Math.max(16, 4 * Runtime.getRuntime().availableProcessors());

    private Threads() {}

    private static final class Work {
        private static final Executor POOL =
                pool("client", Math.max(2, Runtime.getRuntime().availableProcessors()));
    }

    private static final class Callbacks {
        private static final Executor POOL = virtualOrPool();
    }

    private static final class Connects {
        private static final Executor POOL = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), named("connect"));
    }

    private static final class Timer {
        private static final ScheduledThreadPoolExecutor POOL = new ScheduledThreadPoolExecutor(1, named("timer"));

        static {
            POOL.setRemoveOnCancelPolicy(true);
        }
    }

    /** For the engine's own steps, which compute and store and never wait for the network or for a listener. */
    static Executor work() {
        return Work.POOL;
    }

    /** For listeners, unless the caller supplies something else. */
    static Executor callbacks() {
        return Callbacks.POOL;
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

    private static ThreadPoolExecutor pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory named(String name) {
        AtomicInteger made = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "pychat-" + name + "-" + made.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Virtual threads where this JVM has them (Java 21), reached without compiling against them. */
    private static Executor virtualOrPool() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandle virtual = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(ofVirtual));
            MethodHandle name =
                    lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class, long.class));
            MethodHandle factory = lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
            MethodHandle perTask = lookup.findStatic(
                    Executors.class,
                    "newThreadPerTaskExecutor",
                    MethodType.methodType(ExecutorService.class, ThreadFactory.class));
            Object threads = factory.invoke(name.invoke(virtual.invoke(), "pychat-callback-", 1L));
            return (Executor) perTask.invoke((ThreadFactory) threads);
        } catch (Throwable absent) {
            return pool("callback", CALLBACKS);
        }
    }
}
