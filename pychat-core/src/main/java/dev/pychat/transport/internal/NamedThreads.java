package dev.pychat.transport.internal;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Makes the library's threads: daemons with names that say whose they are. Thread-safe. */
public final class NamedThreads {

    private static final int IDLE_SECONDS = 20;

    private NamedThreads() {}

    /**
     * Platform threads.
     *
     * @param whose what stands in their names between {@code pychat-} and their number
     * @return makes daemon threads
     */
    public static ThreadFactory factory(String whose) {
        AtomicLong made = new AtomicLong();
        return task -> {
            Thread thread = new Thread(task, "pychat-" + whose + "-" + made.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * A virtual thread for each task, where this JVM has them (Java 21), reached without compiling against them.
     *
     * @param whose what stands in their names
     * @return the executor; empty before Java 21
     */
    public static Optional<ExecutorService> virtual(String whose) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandle begin = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(ofVirtual));
            MethodHandle name =
                    lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class, long.class));
            MethodHandle factory = lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
            MethodHandle perTask = lookup.findStatic(
                    Executors.class,
                    "newThreadPerTaskExecutor",
                    MethodType.methodType(ExecutorService.class, ThreadFactory.class));
            Object named = name.invoke(begin.invoke(), "pychat-" + whose + "-", 1L);
            return Optional.of((ExecutorService) perTask.invoke((ThreadFactory) factory.invoke(named)));
        } catch (Throwable beforeJava21) {
            return Optional.empty();
        }
    }

    /**
     * Platform threads that end when there is nothing to do.
     *
     * @param whose what stands in their names
     * @param threads the most threads
     * @param waiting the most tasks that wait for one; more are rejected
     * @return the pool
     */
    public static ThreadPoolExecutor pool(String whose, int threads, int waiting) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(waiting), factory(whose));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * Platform threads that are there from the beginning until the pool is stopped, so that no task of it ever lacks one, however
     * many threads others have taken by then.
     *
     * @param whose what stands in their names
     * @param threads how many threads
     * @return the pool, in which any number of tasks may wait
     */
    public static ExecutorService standing(String whose, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory(whose));
        try {
            pool.prestartAllCoreThreads();
            return pool;
        } catch (OutOfMemoryError e) {
            pool.shutdown();
            throw e;
        }
    }

    /**
     * One thread for tasks that run later and never block. It ends when nothing is to come.
     *
     * @param whose what stands in its name
     * @return the timer, which forgets cancelled tasks at once
     */
    public static ScheduledThreadPoolExecutor timer(String whose) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, factory(whose));
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }
}
