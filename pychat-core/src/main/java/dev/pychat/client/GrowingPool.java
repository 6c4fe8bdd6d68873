package dev.pychat.client;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks of which any may wait for one behind it, on few threads as long as they don't. It grows by one thread whenever the task
 * that is first in line has not begun for a while, without a bound, and is small again once nothing is in line. So ten thousand tasks
 * that only take their time need few threads, and none is held up for ever by those before it.
 *
 * <p>Thread-safe. The threads end when they are idle.
 */
final class GrowingPool implements Executor {

    /** Looks after the pool once a while has passed. */
    interface Timer {
        void later(Runnable look);
    }

    private static final Logger LOG = LoggerFactory.getLogger(GrowingPool.class);
    private static final int IDLE_SECONDS = 20;

    private final int least;
    private final Timer timer;
    private final ThreadPoolExecutor pool;
    private final AtomicBoolean watching = new AtomicBoolean();

    GrowingPool(int least, ThreadFactory threads, Timer timer) {
        this.least = least;
        this.timer = timer;
        this.pool = new ThreadPoolExecutor(
                least, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        pool.allowCoreThreadTimeOut(true);
    }

    /** Whose idle threads may be told how long to wait. */
    ThreadPoolExecutor threads() {
        return pool;
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
        watch();
    }

    private void watch() {
        Runnable first = pool.getQueue().peek();
        boolean wanted = first != null || pool.getCorePoolSize() > least;
        if (wanted && watching.compareAndSet(false, true)) {
            timer.later(() -> look(first));
        }
    }

    private void look(@Nullable Runnable firstBefore) {
        // From here on, whoever adds a task watches if this does not.
        watching.set(false);
        Runnable first = pool.getQueue().peek();
        if (first == null) {
            pool.setCorePoolSize(least);
        } else if (first == firstBefore) {
            grow();
        }
        watch();
    }

    /** A thread is made by raising the core, which may stand above the threads: where one has ended, or could not be made. */
    private void grow() {
        int threads = pool.getPoolSize();
        try {
            pool.setCorePoolSize(threads);
            pool.setCorePoolSize(Math.max(least, threads + 1));
        } catch (OutOfMemoryError noThread) {
            LOG.warn("no thread for a task that waits behind others: {}", noThread.toString());
        }
    }
}
