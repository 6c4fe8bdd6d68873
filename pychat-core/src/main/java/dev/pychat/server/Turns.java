package dev.pychat.server;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets addresses take turns at the threads of an executor, however many connections each of them has and however much these want:
 * who asks for one thing waits for one turn of each other address, and never for all that another address wants. No address has
 * more than a quarter of the threads, so what holds it up, or holds up the store behind it, holds up nobody else.
 *
 * <p>Thread-safe.
 */
final class Turns {

    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    private static final int SHARE = 4;

    private final Executor executor;
    private final int most;
    private final int mostOfOne;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Line> lines = new HashMap<>();

    /** The lines from which a task may be taken, in the order of their turns. */
    private final ArrayDeque<Line> ring = new ArrayDeque<>();

    private int workers;

    /** What one address wants. */
    private static final class Line {
        private final String address;
        private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(4);
        private int running;
        private boolean inRing;

        Line(String address) {
            this.address = address;
        }
    }

    /** A task of a line that is being run. */
    private record Turn(Line line, Runnable task) {}

    /**
     * Begins with nothing to do.
     *
     * @param executor where tasks run
     * @param most how many at once
     */
    Turns(Executor executor, int most) {
        this.executor = executor;
        this.most = most;
        this.mostOfOne = Math.max(1, most / SHARE);
    }

    /** Where the tasks of an address run; it throws what the executor throws where it takes none. */
    Executor of(String address) {
        return task -> add(address, task);
    }

    private void add(String address, Runnable task) {
        boolean start;
        lock.lock();
        try {
            Line line = lines.computeIfAbsent(address, Line::new);
            line.tasks.add(task);
            enterRing(line);
            start = workers < most && !ring.isEmpty();
            if (start) {
                workers++;
            }
        } finally {
            lock.unlock();
        }
        if (start) {
            start(address, task);
        }
    }

    private void start(String address, Runnable task) {
        try {
            executor.execute(this::work);
        } catch (RuntimeException | Error noThread) {
            if (takeBack(address, task)) {
                throw noThread;
            }
        }
    }

    /** Whether the task is still there and nobody will come to it. */
    private boolean takeBack(String address, Runnable task) {
        lock.lock();
        try {
            workers--;
            Line line = lines.get(address);
            if (workers > 0 || line == null || !line.tasks.removeLastOccurrence(task)) {
                return false;
            }
            forgetIfIdle(line);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        Turn turn = next(null);
        while (turn != null) {
            try {
                turn.task().run();
            } catch (RuntimeException | Error e) {
                LOG.error("a task failed in a way that it did not foresee", e);
            }
            turn = next(turn.line());
        }
    }

    private @Nullable Turn next(@Nullable Line done) {
        lock.lock();
        try {
            if (done != null) {
                done.running--;
                enterRing(done);
                forgetIfIdle(done);
            }
            Line line = ring.poll();
            if (line == null) {
                workers--;
                return null;
            }
            line.inRing = false;
            line.running++;
            Runnable task = line.tasks.remove();
            enterRing(line);
            return new Turn(line, task);
        } finally {
            lock.unlock();
        }
    }

    private void enterRing(Line line) {
        if (!line.inRing && !line.tasks.isEmpty() && line.running < mostOfOne) {
            line.inRing = true;
            ring.add(line);
        }
    }

    private void forgetIfIdle(Line line) {
        if (line.tasks.isEmpty() && line.running == 0) {
            line.inRing = false;
            ring.remove(line);
            lines.remove(line.address);
        }
    }

    /** How many addresses are known just now. */
    int addresses() {
        lock.lock();
        try {
            return lines.size();
        } finally {
            lock.unlock();
        }
    }
}
