package dev.pychat.transport.internal;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
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

    /** A task that may find, before it has done anything, that it would have to wait. */
    @FunctionalInterface
    public interface Attempt {

        /**
         * Does it without waiting for anything.
         *
         * @return false if nothing was done, since that would take waiting
         */
        boolean run();
    }

    /** Both forms of a task: the attempt, and what is done on the executor instead. */
    private record Attempted(Attempt attempt, Runnable instead) implements Runnable {
        @Override
        public void run() {
            instead.run();
        }
    }

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
        if (add(task, false)) {
            startOrFail();
        }
    }

    /**
     * Runs a task that most likely need not wait: where nothing runs, it is tried elsewhere than on the executor.
     *
     * @param attempt is tried first, unless the queue is at work on the executor already
     * @param instead is done on the executor if the attempt says no
     * @param elsewhere runs what it is given on another thread, or here; false: it can't
     */
    public void execute(Attempt attempt, Runnable instead, Predicate<Runnable> elsewhere) {
        if (add(new Attempted(attempt, instead), false) && !elsewhere.test(this::runAttempts)) {
            startOrFail();
        }
    }

    /**
     * Takes nothing more: what was given before still runs, then the last task, and what is given from now on is dropped.
     *
     * @param last runs behind everything else; of several calls only the first one's
     * @return completes when nothing of this queue runs any more
     */
    public CompletableFuture<Void> close(Runnable last) {
        boolean start = add(
                () -> {
                    try {
                        last.run();
                    } finally {
                        over.complete(null);
                    }
                },
                true);
        if (start) {
            startOrFail();
        }
        return over.copy();
    }

    /** True if nothing runs yet, so that the caller must start it. */
    private boolean add(Runnable task, boolean last) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            closed = last;
            tasks.add(task);
            boolean start = !running;
            running = true;
            return start;
        } finally {
            lock.unlock();
        }
    }

    /** Tries one task after the other, until one has to wait or others should have the thread. */
    private void runAttempts() {
        for (int i = 0; i < TASKS_IN_A_ROW; i++) {
            Runnable first = first();
            if (first == null) {
                return;
            }
            if (!(first instanceof Attempted task) || !isDone(task)) {
                break;
            }
            removeFirst();
        }
        startOrFail();
    }

    private static boolean isDone(Attempted task) {
        try {
            return task.attempt().run();
        } catch (RuntimeException | Error e) {
            LOG.error("a task failed in a way that it did not foresee", e);
            return true;
        }
    }

    /** Leaves it where it is; null, and nothing runs any more, if there is none. */
    private @Nullable Runnable first() {
        lock.lock();
        try {
            Runnable first = tasks.peek();
            running = first != null;
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void removeFirst() {
        lock.lock();
        try {
            tasks.poll();
        } finally {
            lock.unlock();
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
                LOG.warn(
                        "an executor refused to go on, so what waited for it is left out ({}): {}",
                        dropped,
                        rejected.toString());
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
