package dev.pychat.transport;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads that the transports of one process share: virtual ones where the platform has them, else daemon threads that
 * end when idle. Nobody interrupts them: an interrupt closes the socket that a virtual thread is blocked on.
 */
final class Threads {

    /** For everything that blocks. Bounded by the connections: at most two threads for each. */
    static final ExecutorService BLOCKING = blocking();

    private static final ScheduledThreadPoolExecutor DEADLINES = deadlines();

    private Threads() {}

    private static ExecutorService blocking() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> builder = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandle ofVirtual = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(builder));
            MethodHandle name =
                    lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class, long.class));
            MethodHandle factory = lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
            MethodHandle executor = lookup.findStatic(
                    Executors.class,
                    "newThreadPerTaskExecutor",
                    MethodType.methodType(ExecutorService.class, ThreadFactory.class));
            Object named = name.invoke(ofVirtual.invoke(), "pychat-io-", 0L);
            return (ExecutorService) executor.invoke((ThreadFactory) factory.invoke(named));
        } catch (Throwable beforeJava21) {
            return Executors.newCachedThreadPool(daemons("pychat-io-"));
        }
    }

    /** Runs a task that never blocks after some time, unless it is cancelled before. */
    static Timer after(Duration delay, Runnable task) {
        return new Timer(DEADLINES.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** A task that has not run yet, perhaps. */
    record Timer(ScheduledFuture<?> task) {
        void cancel() {
            task.cancel(false);
        }
    }

    private static ScheduledThreadPoolExecutor deadlines() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, daemons("pychat-deadlines-"));
        executor.setRemoveOnCancelPolicy(true);
        executor.setKeepAliveTime(10, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    static ThreadFactory daemons(String prefix) {
        AtomicLong count = new AtomicLong();
        return task -> {
            Thread thread = new Thread(task, prefix + count.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }
}
