package dev.pychat.ref.server.store;

import dev.pychat.store.OutcomeUnknownException;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.directory.Durability;
import dev.pychat.store.directory.internal.Reasons;
import dev.pychat.store.internal.tree.Database;
import dev.pychat.store.internal.tree.Engine;
import dev.pychat.store.internal.tree.Outcomes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import jetbrains.exodus.env.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The environment. After a failed write, as on a full disk, it is not what its files are, so it is opened anew before it is used
 * again. Thread-safe.
 */
final class XodusEngine implements Engine {

    private static final Logger LOG = LoggerFactory.getLogger(XodusEngine.class);

    private final Path store;
    private final long cacheBytes;
    private final Durability durability;
    /** Held for reading while {@link #open} is used, for writing while it is exchanged. */
    private final ReentrantReadWriteLock opening = new ReentrantReadWriteLock();

    private volatile OpenLog open;
    /** A sync has failed: it is read only. */
    private volatile boolean broken;

    /** Over a log that is open; a failed write opens it anew from its files. */
    XodusEngine(Path store, long cacheBytes, OpenLog open) {
        this.store = store;
        this.cacheBytes = cacheBytes;
        this.durability = open.durability();
        this.open = open;
    }

    static Database open(Path store, long cacheBytes) throws IOException {
        return open(store, cacheBytes, Durability.DISK);
    }

    static Database open(Path store, long cacheBytes, Durability durability) throws IOException {
        return new Database(new XodusEngine(store, cacheBytes, OpenLog.open(store, cacheBytes, durability)));
    }

    @Override
    public <T> T read(Database.Work<T> work) throws StoreException {
        return using(used -> inReadTransaction(used, work));
    }

    private static <T> T inReadTransaction(OpenLog used, Database.Work<T> work) throws StoreException {
        Transaction txn;
        try {
            txn = used.environment().beginReadonlyTransaction();
        } catch (RuntimeException e) {
            throw Outcomes.refused("cannot read", e);
        }
        try {
            return Outcomes.reading(work, used.trees(txn));
        } finally {
            txn.abort();
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
                broken |= failed.log().syncHasFailed();
                failed.abandon();
                open = broken
                        ? OpenLog.openToRead(store, cacheBytes, failed.log().synced())
                        : OpenLog.open(store, cacheBytes, durability);
                say();
            }
        } catch (IOException | RuntimeException e) {
            stopIfSync(e);
            throw Outcomes.refused("could not be opened anew after a failed write", e);
        } finally {
            opening.writeLock().unlock();
        }
    }

    private void stopIfSync(Exception failure) {
        if (!broken && Outcomes.isFailedSync(failure)) {
            broken = true;
            say();
        }
    }

    private void say() {
        if (broken) {
            LOG.error(
                    "a sync of {} has failed; it is read, and written no more until the server is started again",
                    store);
        } else {
            LOG.warn("a write to {} had failed; the store was opened anew", store);
        }
    }

    @Override
    public <T> T write(Database.Work<T> work) throws StoreException {
        return using(used -> {
            if (broken) {
                throw new StoreRefusedException("the store does not write any more, since a sync to disk failed");
            }
            return inWriteTransaction(used, work);
        });
    }

    private <T> T inWriteTransaction(OpenLog used, Database.Work<T> work) throws StoreException {
        while (true) {
            Transaction txn = begin(used);
            try {
                T result = Outcomes.writing(work, used.trees(txn));
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
            throw Outcomes.refused("cannot write", e);
        }
    }

    private boolean commit(Transaction txn, OpenLog used) throws StoreException {
        try {
            boolean done = txn.commit();
            if (done) {
                used.acknowledge();
            }
            return done;
        } catch (RuntimeException | IOException e) {
            stopIfSync(e);
            throw Outcomes.unknown(e);
        }
    }

    @Override
    public void compareFiles(Consumer<String> faults) throws StoreException {
        boolean done = using(used -> {
            try {
                used.log().compare(faults);
                return true;
            } catch (IOException | RuntimeException e) {
                throw Outcomes.refused("cannot be compared with its checksums", e);
            }
        });
        assert done;
    }

    @Override
    public void close() throws StoreException {
        OpenLog last = open;
        try {
            if (broken || last.log().hasFailed()) {
                last.abandon();
            } else {
                last.close();
            }
        } catch (RuntimeException | IOException e) {
            throw new OutcomeUnknownException("the store could not be closed cleanly: " + Reasons.of(e), e);
        }
    }
}
