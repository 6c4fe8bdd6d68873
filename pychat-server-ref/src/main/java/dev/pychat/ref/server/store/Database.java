package dev.pychat.ref.server.store;

import dev.pychat.ref.server.internal.Reasons;
import dev.pychat.ref.server.store.internal.CheckedLog;
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
import jetbrains.exodus.env.EnvironmentImpl;
import jetbrains.exodus.env.Transaction;

/**
 * The environment: reads run on the caller's thread, writes on a thread of the store's own, which nobody can interrupt; what waits
 * when it is free becomes durable together. Thread-safe.
 */
final class Database {

    private static final int MOST_TOGETHER = 256;

    private final CheckedLog log;
    private final EnvironmentImpl environment;
    private final Trees trees;
    private final WriterThread writer = new WriterThread();
    private final ConcurrentLinkedQueue<WaitingWork<?>> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock(true);
    private volatile boolean closing;
    private boolean closed;

    private Database(CheckedLog log, EnvironmentImpl environment, Trees trees) {
        this.log = log;
        this.environment = environment;
        this.trees = trees;
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
        CheckedLog log = CheckedLog.open(DataDirectory.log(store), DataDirectory.check(store));
        boolean opened = false;
        try {
            Database database = open(log, XodusEnvironment.open(log, cacheBytes));
            opened = true;
            return database;
        } finally {
            if (!opened) {
                log.abandon();
            }
        }
    }

    private static Database open(CheckedLog log, EnvironmentImpl environment) throws IOException {
        boolean opened = false;
        try {
            log.opened(environment.getLog().getHighAddress());
            Trees trees = environment.computeInExclusiveTransaction(txn -> Trees.open(environment, txn));
            log.acknowledge(environment.getLog().getHighAddress());
            opened = true;
            return new Database(log, environment, trees);
        } finally {
            if (!opened) {
                XodusEnvironment.abandon(environment);
            }
        }
    }

    <T> T read(Work<T> work) throws StoreException {
        use.readLock().lock();
        try {
            requireOpen();
            return inReadTransaction(work);
        } finally {
            use.readLock().unlock();
        }
    }

    private <T> T inReadTransaction(Work<T> work) throws StoreException {
        Transaction txn = null;
        try {
            txn = environment.beginReadonlyTransaction();
            return work.run(txn, trees);
        } catch (DamagedRecordException | RuntimeException e) {
            throw refused("cannot read", e);
        } finally {
            if (txn != null) {
                txn.abort();
            }
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
        while (true) {
            Transaction txn = begin();
            try {
                T result = run(work, txn);
                if (commit(txn)) {
                    return result;
                }
            } finally {
                if (!txn.isFinished()) {
                    txn.abort();
                }
            }
        }
    }

    private Transaction begin() throws StoreException {
        try {
            return environment.beginExclusiveTransaction();
        } catch (RuntimeException e) {
            throw refused("cannot write", e);
        }
    }

    private <T> T run(Work<T> work, Transaction txn) throws StoreException {
        try {
            return work.run(txn, trees);
        } catch (IllegalArgumentException callersMistake) {
            throw callersMistake;
        } catch (DamagedRecordException | RuntimeException e) {
            throw refused("cannot write", e);
        }
    }

    private boolean commit(Transaction txn) throws StoreException {
        try {
            boolean done = txn.commit();
            if (done) {
                log.acknowledge(environment.getLog().getHighAddress());
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
        try {
            environment.close();
            log.close();
        } catch (RuntimeException | IOException e) {
            try {
                log.abandon();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw new OutcomeUnknownException("the store could not be closed cleanly: " + Reasons.of(e), e);
        }
    }
}
