package dev.pychat.transport.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The pools that all clients and listeners of a process share. While there is one of them, an idle thread waits a while for work; when
 * the last one has been closed, idle threads end at once, so that it leaves none behind. Thread-safe.
 */
public final class SharedPools {

    private static final Duration WHILE_USED = Duration.ofSeconds(20);
    private static final Duration UNUSED = Duration.ofMillis(1);

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final List<ThreadPoolExecutor> POOLS = new ArrayList<>();
    private static final Set<Runnable> AT_THE_END = new LinkedHashSet<>();
    private static int users;

    private SharedPools() {}

    /**
     * Adds a pool, for as long as the process lives.
     *
     * @param pool a pool whose threads may all end when they are idle
     * @param <P> its type
     * @return the pool
     */
    public static <P extends ThreadPoolExecutor> P share(P pool) {
        LOCK.lock();
        try {
            POOLS.add(pool);
            keepIdle(pool);
            return pool;
        } finally {
            LOCK.unlock();
        }
    }

    /** Somebody begins to use them. */
    public static void enter() {
        LOCK.lock();
        try {
            users++;
            POOLS.forEach(SharedPools::keepIdle);
        } finally {
            LOCK.unlock();
        }
    }

    /** Somebody who has entered uses them no more, and has nothing to tidy up. */
    public static void leave() {
        leave(SharedPools::nothing);
    }

    private static void nothing() {
        // Whoever leaves has nothing to tidy up.
    }

    /**
     * Somebody who has entered uses them no more.
     *
     * @param last is done once nobody uses them, before anybody can begin again
     */
    public static void leave(Runnable last) {
        LOCK.lock();
        try {
            users--;
            AT_THE_END.add(last);
            if (users == 0) {
                AT_THE_END.forEach(Runnable::run);
                AT_THE_END.clear();
                POOLS.forEach(SharedPools::keepIdle);
            }
        } finally {
            LOCK.unlock();
        }
    }

    private static void keepIdle(ThreadPoolExecutor pool) {
        Duration time = users > 0 ? WHILE_USED : UNUSED;
        pool.setKeepAliveTime(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
