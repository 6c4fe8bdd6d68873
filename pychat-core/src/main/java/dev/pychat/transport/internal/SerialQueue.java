package dev.pychat.transport.internal;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time, in the order they came, on an executor of which it holds at most one thread, and none while
 * nothing is to be done. It has no bound of its own: who gives it tasks bounds them.
 *
 * <p>Thread-safe. What a task throws is logged and harms no other. A queue that was closed takes nothing more, so what its last
 * task gives up is not touched by an answer that comes late.
 */
public final class SerialQueue implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(SerialQueue.class);
    private static final int TASKS_IN_A_ROW = 64;

    private final Executor executor;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(4);
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private boolean running;
    private boolean closed;

    /**
     * Makes an empty one.
     *
     * @param executor where the tasks run; while it rejects, what waits is dropped and logged. Where it has no thread for the first
     *     task, the {@link Error} that says so is thrown to whoever gives that task
     */
    public SerialQueue(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        add(task, false);
    }

    /**
     * Takes nothing more: what was given before still runs, then the last task, and what is given from now on is dropped.
     *
     * @param last runs behind everything else; of several calls only the first one's
     * @return completes when nothing of this queue runs any more
     */
    public CompletableFuture<Void> close(Runnable last) {
        add(
                () -> {
                    try {
                        last.run();
                    } finally {
                        over.complete(null);
                    }
                },
                true);
        return over.copy();
    }

    private void add(Runnable task, boolean last) {
        boolean start;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = last;
            tasks.add(task);
            start = !running;
            running = true;
        } finally {
            lock.unlock();
        }
        if (start) {
            startOrFail();
        }
    }

    private void startOrFail() {
        try {
            start();
        } catch (Error noThread) {
            dropAll();
            throw noThread;
        }
    }

    /**
     * Whether nothing waits and nothing runs.
     *
     * @return true if every task given so far has ended or was dropped
     */
    public boolean isIdle() {
        lock.lock();
        try {
            return !running;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Goes on here when an answer is there, one way or the other.
     *
     * @param answer what is waited for
     * @param given takes the answer
     * @param failed takes what went wrong instead
     * @param <T> what is answered
     */
    @SuppressWarnings("FutureReturnValueIgnored") // both ways are handled, and tasks that fail are logged
    public <T> void then(CompletionStage<T> answer, Consumer<T> given, Consumer<Throwable> failed) {
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
        } catch (RuntimeException rejected) {
            // Executors of somebody else's reject in ways of their own, too.
            int dropped = dropAll();
            if (executor instanceof ExecutorService service && service.isShutdown()) {
                LOG.debug("an executor was stopped, and {} tasks with it", dropped);
            } else {
                LOG.warn("an executor refused to go on, so {} tasks are left out", dropped, rejected);
            }
        }
    }

    private int dropAll() {
        lock.lock();
        try {
            int dropped = tasks.size();
            tasks.clear();
            running = false;
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        boolean others = true;
        while (others) {
            for (int i = 0; i < TASKS_IN_A_ROW; i++) {
                Runnable task = next();
                if (task == null) {
                    return;
                }
                run(task);
            }
            others = !isHandedOn();
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a task failed in a way that it did not foresee", e);
        }
    }

    /** Others wait for the thread as well; but where there is no further one, this one goes on. */
    private boolean isHandedOn() {
        try {
            start();
            return true;
        } catch (Error noThread) {
            LOG.warn("no thread to go on with: {}", noThread.toString());
            return false;
        }
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
