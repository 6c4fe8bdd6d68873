package dev.pychat.store.internal.tree;

import dev.pychat.store.OutcomeUnknownException;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.internal.UninterruptedThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/**
 * The trees: reads run on the caller's thread, writes on one that nobody can interrupt, which is the store's own unless the caller's is
 * one; one writes at a time, and what waits when it begins becomes durable together. Thread-safe.
 */
public final class Database {

    private static final int MOST_TOGETHER = 256;

    private final Engine engine;
    private final WriterThread writer = new WriterThread();
    private final ConcurrentLinkedQueue<WaitingWork<?>> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock(true);

    private volatile boolean closing;
    private boolean closed;

    /**
     * Makes it over an engine that is open, and which it ends.
     *
     * @param engine the engine
     */
    public Database(Engine engine) {
        this.engine = engine;
    }

    /**
     * What is done in a transaction. It may run again, so it must have no effect but on the trees.
     *
     * @param <T> what comes of it
     */
    public interface Work<T> {

        /**
         * Does it.
         *
         * @param trees the trees
         * @return what comes of it
         * @throws StoreException if it refuses
         * @throws DamagedRecordException if a record is not what was written
         */
        T run(Trees trees) throws StoreException, DamagedRecordException;
    }

    /** A change without an outcome. */
    public interface Change {

        /**
         * Makes it.
         *
         * @param trees the trees
         * @throws StoreException if it refuses
         * @throws DamagedRecordException if a record is not what was written
         */
        void run(Trees trees) throws StoreException, DamagedRecordException;
    }

    /**
     * Reads in one transaction.
     *
     * @param work what is read
     * @param <T> what comes of it
     * @return what came of it
     * @throws StoreException if it fails or the store is closed
     */
    public <T> T read(Work<T> work) throws StoreException {
        use.readLock().lock();
        try {
            requireOpen();
            return engine.read(work);
        } finally {
            use.readLock().unlock();
        }
    }

    /**
     * Compares the files with their checksums, as {@link Engine#compareFiles} does.
     *
     * @param faults is told of each fault
     * @throws StoreException if a file can't be read or the store is closed
     */
    void compareFiles(Consumer<String> faults) throws StoreException {
        use.readLock().lock();
        try {
            requireOpen();
            engine.compareFiles(faults);
        } finally {
            use.readLock().unlock();
        }
    }

    /**
     * Changes something, and returns when that is durable.
     *
     * @param work the change
     * @param <T> what comes of it
     * @return what came of it
     * @throws StoreException if it fails or the store is closed
     */
    public <T> T write(Work<T> work) throws StoreException {
        use.readLock().lock();
        try {
            requireOpen();
            WaitingWork<T> mine = new WaitingWork<>(work);
            waiting.add(mine);
            if (Thread.currentThread() instanceof UninterruptedThread) {
                writeUntilDone(mine);
            } else {
                writer.begin(this::writeWaiting);
            }
            return mine.await();
        } finally {
            use.readLock().unlock();
        }
    }

    /**
     * Changes something, and returns when that is durable.
     *
     * @param change the change
     * @throws StoreException if it fails or the store is closed
     */
    public void change(Change change) throws StoreException {
        boolean done = write(trees -> {
            change.run(trees);
            return true;
        });
        assert done;
    }

    /** To hand it to another thread and to be woken by it costs more than a small change does. */
    private void writeUntilDone(WaitingWork<?> mine) {
        while (!mine.isDone()) {
            writeWaiting();
        }
    }

    private void writeWaiting() {
        writing.lock();
        try {
            writeTogether();
        } finally {
            writing.unlock();
        }
    }

    /**
     * Makes everything that waits durable with one sync, since that is what a change costs. What fails before the commit
     * has changed nothing; then each is made alone, so that it fails alone.
     */
    private void writeTogether() {
        List<WaitingWork<?>> group = new ArrayList<>(MOST_TOGETHER);
        try {
            for (WaitingWork<?> next = waiting.poll(); next != null; next = waiting.poll()) {
                group.add(next);
                if (group.size() == MOST_TOGETHER) {
                    break;
                }
            }
            if (group.size() > 1 && madeTogether(group)) {
                return;
            }
            group.forEach(this::makeAlone);
        } catch (Error e) {
            // There is no memory, say; who waits must learn of it.
            group.forEach(each -> each.failed(e));
            throw e;
        }
    }

    /**
     * How many changes wait for their turn.
     *
     * @return the number
     */
    public int waiting() {
        return waiting.size();
    }

    private boolean madeTogether(List<WaitingWork<?>> group) {
        try {
            boolean made = engine.write(trees -> {
                for (WaitingWork<?> each : group) {
                    each.run(trees);
                }
                return true;
            });
            assert made;
        } catch (OutcomeUnknownException e) {
            group.forEach(each -> each.failed(e));
            return true;
        } catch (StoreException | RuntimeException | Error e) {
            return false;
        }
        group.forEach(WaitingWork::done);
        return true;
    }

    private void makeAlone(WaitingWork<?> one) {
        try {
            boolean made = engine.write(trees -> {
                one.run(trees);
                return true;
            });
            assert made;
            one.done();
        } catch (StoreException | RuntimeException | Error e) {
            one.failed(e);
        }
    }

    private void requireOpen() throws StoreRefusedException {
        if (closing) {
            throw new StoreRefusedException("the store is closed");
        }
    }

    /**
     * Refuses what comes, waits for calls that have begun, and closes. Idempotent.
     *
     * @param most how long it waits
     * @return false if they did not end in so much time: then it is not closed, and may be tried again
     * @throws StoreException if the engine can't be ended cleanly
     */
    public boolean close(Duration most) throws StoreException {
        closing = true;
        if (!locked(most)) {
            return false;
        }
        try {
            if (closed) {
                return true;
            }
            closed = true;
            try {
                writer.call(engine::close);
            } finally {
                writer.stop();
            }
            return true;
        } finally {
            use.writeLock().unlock();
        }
    }

    /** An interrupt does not shorten the wait, or the files would lack their end; it is given back. */
    private boolean locked(Duration most) {
        long end = System.nanoTime() + most.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return use.writeLock().tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
