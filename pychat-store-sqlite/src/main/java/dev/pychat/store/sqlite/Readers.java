package dev.pychat.store.sqlite;

import dev.pychat.store.StoreException;
import dev.pychat.store.internal.tree.Database;
import dev.pychat.store.internal.tree.Outcomes;
import dev.pychat.store.internal.tree.Trees;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A few connections that read, each opened when it is first needed. Whoever finds none free waits. Thread-safe. */
final class Readers {

    /** As many reads at once as a few processors and a disk can serve. */
    static final int MOST = 8;

    private static final int CACHE_KIB = 8 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

    private final Path database;
    private final Semaphore permits = new Semaphore(MOST, true);
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Link> free = new ArrayDeque<>();

    Readers(Path database) {
        this.database = database;
    }

    <T> T read(Database.Work<T> work) throws StoreException {
        permits.acquireUninterruptibly();
        try {
            Link link = take();
            boolean ended = false;
            try {
                T result = Outcomes.reading(trees -> begun(link, work, trees), new Trees(new SqliteCells(link)));
                ended = true;
                return result;
            } finally {
                giveBack(link, ended);
            }
        } finally {
            permits.release();
        }
    }

    private static <T> T begun(Link link, Database.Work<T> work, Trees trees)
            throws StoreException, dev.pychat.store.internal.tree.DamagedRecordException {
        try {
            link.say("BEGIN");
        } catch (SQLException e) {
            throw SqliteFailure.of(e);
        }
        return work.run(trees);
    }

    /** The one that was used last: its cache is the warmest. */
    private Link take() throws StoreException {
        lock.lock();
        try {
            Link present = free.pollFirst();
            return present == null ? Link.reader(database, CACHE_KIB) : present;
        } catch (SQLException e) {
            throw Outcomes.refused("cannot read", e);
        } finally {
            lock.unlock();
        }
    }

    /** One that has failed has statements that go on failing, so nobody is given it again. */
    private void giveBack(Link link, boolean wellUsed) {
        if (!wellUsed) {
            close(link);
            return;
        }
        try {
            link.say("ROLLBACK");
            lock.lock();
            try {
                free.addFirst(link);
            } finally {
                lock.unlock();
            }
        } catch (SQLException e) {
            LOG.warn("a read could not be ended: {}", e.getMessage());
            close(link);
        }
    }

    private static void close(Link link) {
        try {
            link.close();
        } catch (SQLException e) {
            LOG.warn("a connection that reads could not be closed: {}", e.getMessage());
        }
    }

    /** While nobody reads. */
    void close() {
        lock.lock();
        try {
            free.forEach(Readers::close);
            free.clear();
        } finally {
            lock.unlock();
        }
    }
}
