package dev.pychat.ref.server.store;

import dev.pychat.ref.server.internal.Reasons;
import dev.pychat.store.OutcomeUnknownException;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import jetbrains.exodus.env.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The environment: reads run on the caller's thread, writes on a thread of the store's own, which nobody can interrupt; what waits
 * when it is free becomes durable together. After a failed write, as on a full disk, the environment is not what its files
 * are, so it is opened anew before it is used again. Thread-safe.
 */
final class Database {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int MOST_TOGETHER = 256;

    private final Path store;
    private final long cacheBytes;
    private final WriterThread writer = new WriterThread();
    private final ConcurrentLinkedQueue<WaitingWork<?>> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock(true);
    /** Held for reading while {@link #open} is used, for writing while it is exchanged; always taken behind {@link #use}. */
    private final ReentrantReadWriteLock opening = new ReentrantReadWriteLock();

    private volatile OpenLog open;
    private volatile boolean closing;
    private boolean closed;

    private Database(Path store, long cacheBytes, OpenLog open) {
        this.store = store;
        this.cacheBytes = cacheBytes;
        this.open = open;
    }

    /** What is done in a transaction. It may run again, so it must have no effect but on the trees. */
    interface Work<T> {
        T run(Transaction txn, Trees trees) throws StoreException, DamagedRecordException;
    }

    /** A change without an outcome. */
    interface Change {
        void run(Transaction txn, Trees trees) throws StoreException, DamagedRecordException;
    }

    static Database open(Path store, long cacheBytes) throws IOException {
        return new Database(store, cacheBytes, OpenLog.open(store, cacheBytes));
    }

    <T> T read(Work<T> work) throws StoreException {
        use.readLock().lock();
        try {
            requireOpen();
            return using(used -> inReadTransaction(used, work));
        } finally {
            use.readLock().unlock();
        }
    }

    private static <T> T inReadTransaction(OpenLog used, Work<T> work) throws StoreException {
        Transaction txn = null;
        try {
            txn = used.environment().beginReadonlyTransaction();
            return work.run(txn, used.trees());
        } catch (DamagedRecordException | RuntimeException e) {
            throw refused("cannot read", e);
        } finally {
            if (txn != null) {
                txn.abort();
            }
        }
    }

    /** What is done with what is open, which stays so until then. */
    private interface Use<T> {
        T of(OpenLog used) throws StoreException;
    }

    private <T> T using(Use<T> use) throws StoreException {
        while (true) {
            OpenLog present = open;
            if (present.log().hasFailed()) {
                openAnew(present);
                continue;
            }
            opening.readLock().lock();
            try {
                if (open.equals(present)) {
                    return use.of(present);
                }
            } finally {
                opening.readLock().unlock();
            }
        }
    }

    private void openAnew(OpenLog failed) throws StoreRefusedException {
        opening.writeLock().lock();
        try {
            if (open.equals(failed)) {
                failed.abandon();
                open = OpenLog.open(store, cacheBytes);
                LOG.warn("a write to {} had failed; the store was opened anew", store);
            }
        } catch (IOException | RuntimeException e) {
            throw refused("could not be opened anew after a failed write", e);
        } finally {
            opening.writeLock().unlock();
        }
    }

    /** Returns when the change is durable. */
    <T> T write(Work<T> work) throws StoreException {
        use.readLock().lock();
        try {
            requireOpen();
            WaitingWork<T> mine = new WaitingWork<>(work);
            waiting.add(mine);
            writer.begin(this::writeWaiting);
            return mine.await();
        } finally {
            use.readLock().unlock();
        }
    }

    void change(Change change) throws StoreException {
        boolean done = write((txn, trees) -> {
            change.run(txn, trees);
            return true;
        });
        assert done;
    }

    /**
     * Makes everything that waits durable with one sync, since that is what a change costs. What fails before the commit
     * has changed nothing; then each is made alone, so that it fails alone.
     */
    private void writeWaiting() {
        List<WaitingWork<?>> group = new ArrayList<>();
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
    }

    /** How many changes wait for their turn. */
    int waiting() {
        return waiting.size();
    }

    private boolean madeTogether(List<WaitingWork<?>> group) {
        try {
            inWriteTransaction((txn, all) -> {
                for (WaitingWork<?> each : group) {
                    each.run(txn, all);
                }
                return true;
            });
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
            inWriteTransaction((txn, all) -> {
                one.run(txn, all);
                return true;
            });
            one.done();
        } catch (StoreException | RuntimeException | Error e) {
            one.failed(e);
        }
    }

    private <T> T inWriteTransaction(Work<T> work) throws StoreException {
        return using(used -> inWriteTransaction(used, work));
    }

    private static <T> T inWriteTransaction(OpenLog used, Work<T> work) throws StoreException {
        while (true) {
            Transaction txn = begin(used);
            try {
                T result = run(work, txn, used.trees());
                if (commit(txn, used)) {
                    return result;
                }
            } finally {
                if (!txn.isFinished()) {
                    txn.abort();
                }
            }
        }
    }

    private static Transaction begin(OpenLog used) throws StoreException {
        try {
            return used.environment().beginExclusiveTransaction();
        } catch (RuntimeException e) {
            throw refused("cannot write", e);
        }
    }

    private static <T> T run(Work<T> work, Transaction txn, Trees trees) throws StoreException {
        try {
            return work.run(txn, trees);
        } catch (IllegalArgumentException callersMistake) {
            throw callersMistake;
        } catch (DamagedRecordException | RuntimeException e) {
            throw refused("cannot write", e);
        }
    }

    private static boolean commit(Transaction txn, OpenLog used) throws StoreException {
        try {
            boolean done = txn.commit();
            if (done) {
                used.acknowledge();
            }
            return done;
        } catch (RuntimeException | IOException e) {
            throw new OutcomeUnknownException("the store cannot tell whether the change was kept: " + Reasons.of(e), e);
        }
    }

    private static StoreRefusedException refused(String what, Exception e) {
        return new StoreRefusedException("the store " + what + ": " + Reasons.of(e), e);
    }

    private void requireOpen() throws StoreRefusedException {
        if (closing) {
            throw new StoreRefusedException("the store is closed");
        }
    }

    /**
     * Refuses what comes, waits for calls that have begun, and closes. Idempotent.
     *
     * @return false if they did not end in so much time: then it is not closed, and may be tried again
     */
    boolean close(Duration most) throws StoreException {
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
                writer.call(this::closeAll);
            } finally {
                writer.stop();
            }
            return true;
        } finally {
            use.writeLock().unlock();
        }
    }

    /** An interrupt does not shorten the wait, or the log would lack its end; it is given back. */
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

    private void closeAll() throws StoreException {
        OpenLog last = open;
        try {
            if (last.log().hasFailed()) {
                last.abandon();
            } else {
                last.close();
            }
        } catch (RuntimeException | IOException e) {
            throw new OutcomeUnknownException("the store could not be closed cleanly: " + Reasons.of(e), e);
        }
    }
}
