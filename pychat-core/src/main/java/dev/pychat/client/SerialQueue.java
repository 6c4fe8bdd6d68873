package dev.pychat.client;

import java.util.ArrayDeque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time, in the order they came, on an executor of which it holds at most one thread, and none while
 * nothing is to be done. Thread-safe.
 */
final class SerialQueue implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(SerialQueue.class);
    private static final int TASKS_IN_A_ROW = 32;

    private final Executor executor;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(4);
    private boolean running;

    SerialQueue(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        boolean start;
        lock.lock();
        try {
            tasks.add(task);
            start = !running;
            running = true;
        } finally {
            lock.unlock();
        }
        if (start) {
            start();
        }
    }

    /** Goes on here when an answer is there, one way or the other; what goes wrong in that is logged. */
    @SuppressWarnings("FutureReturnValueIgnored") // both ways are handled, and tasks that fail are logged
    <T> void then(CompletionStage<T> answer, Consumer<T> given, Consumer<Throwable> failed) {
        answer.whenComplete((value, failure) -> execute(() -> {
            if (failure == null) {
                given.accept(value);
            } else {
                failed.accept(failure);
            }
        }));
    }

    private void start() {
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException stopped) {
            LOG.warn("an executor takes no more tasks; what was to be done on it is left out");
            lock.lock();
            try {
                tasks.clear();
                running = false;
            } finally {
                lock.unlock();
            }
        }
    }

    private void run() {
        for (int i = 0; i < TASKS_IN_A_ROW; i++) {
            Runnable task = next();
            if (task == null) {
                return;
            }
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.error("a task of a client failed in a way that it did not foresee", e);
            }
        }
        start();
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            Runnable task = tasks.poll();
            running = task != null;
            return task;
        } finally {
            lock.unlock();
        }
    }
}
