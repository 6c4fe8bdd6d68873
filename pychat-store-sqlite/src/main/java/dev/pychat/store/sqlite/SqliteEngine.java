package dev.pychat.store.sqlite;

import dev.pychat.store.OutcomeUnknownException;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.directory.Durability;
import dev.pychat.store.directory.internal.PrivateFiles;
import dev.pychat.store.directory.internal.Reasons;
import dev.pychat.store.internal.tree.Database;
import dev.pychat.store.internal.tree.Engine;
import dev.pychat.store.internal.tree.Outcomes;
import dev.pychat.store.internal.tree.TreeName;
import dev.pychat.store.internal.tree.Trees;
import dev.pychat.store.sqlite.internal.Guard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database in a directory: one connection that writes, a few that read. What is written goes into the log; when that is long
 * it goes into the database, and nobody reads meanwhile. Thread-safe as {@link Engine} asks.
 */
final class SqliteEngine implements Engine {

    static final String DB = "db";
    static final String CHECK = "check";

    /** Long enough for a thousand small batches, short enough to be read at opening in a moment. */
    static final long LOG_BYTES = 16L << 20;

    private static final int CACHE_KIB = 32 << 10;
    private static final long PATIENCE_SECONDS = 1;

    private static final Logger LOG = LoggerFactory.getLogger(SqliteEngine.class);

    private final Link writer;
    private final Readers readers;
    private final Guard guard;
    private final long logBytes;
    /** Held for reading while somebody reads, for writing while the log goes into the database. */
    private final ReentrantReadWriteLock reading = new ReentrantReadWriteLock();

    private boolean broken;
    /** How long the log may become before it goes into the database; longer where it could not, so that not every change tries again. */
    private long patience;

    private SqliteEngine(Link writer, Readers readers, Guard guard, long logBytes) {
        this.writer = writer;
        this.readers = readers;
        this.guard = guard;
        this.logBytes = logBytes;
        this.patience = logBytes;
    }

    static Database open(Path store, long logBytes) throws IOException {
        return open(store, logBytes, Durability.DISK);
    }

    /** Opens it; the log goes into the database whenever it is longer than that. */
    static Database open(Path store, long logBytes, Durability durability) throws IOException {
        Path database = store.resolve(DB).resolve("pychat.db");
        Path check = store.resolve(CHECK);
        NativeLibrary.require();
        // A directory without anything was begun a moment ago; else what is missing is damage.
        if (isEmpty(store.resolve(DB)) && isEmpty(check)) {
            create(database, check);
        }
        Guard guard = Guard.open(database, check, Schema.PAGE_BYTES, durability);
        boolean opened = false;
        try {
            Link writer = Link.writer(database, CACHE_KIB, durability);
            opened = true;
            return new Database(new SqliteEngine(writer, new Readers(database), guard, logBytes));
        } catch (SQLException e) {
            throw SqliteFailure.of(e);
        } finally {
            if (!opened) {
                guard.close();
            }
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    private static void create(Path database, Path check) throws IOException {
        PrivateFiles.createFile(database);
        try (Link link = Link.writer(database, CACHE_KIB, Durability.DISK)) {
            String mode = link.ask("PRAGMA journal_mode = WAL");
            if (!mode.equals("wal")) {
                throw new IOException(database + ": SQLite can't keep a write-ahead log there");
            }
            link.say("BEGIN IMMEDIATE");
            for (TreeName tree : TreeName.values()) {
                link.say(Schema.create(tree));
            }
            link.say("COMMIT");
            emptyLog(link);
        } catch (SQLException e) {
            throw SqliteFailure.of(e);
        }
        Guard.begin(database, check, Schema.PAGE_BYTES);
    }

    /** What is in the log goes into the database, durably. */
    private static void emptyLog(Link link) throws SQLException {
        String busy = link.ask("PRAGMA wal_checkpoint(TRUNCATE)");
        if (!busy.equals("0")) {
            throw new SQLException("the log is in use");
        }
    }

    @Override
    public <T> T read(Database.Work<T> work) throws StoreException {
        reading.readLock().lock();
        try {
            return readers.read(work);
        } finally {
            reading.readLock().unlock();
        }
    }

    @Override
    public <T> T write(Database.Work<T> work) throws StoreException {
        if (broken) {
            throw new StoreRefusedException("the store does not write any more, since a sync to disk failed");
        }
        begin();
        SqliteCells cells = new SqliteCells(writer);
        boolean run = false;
        T result;
        try {
            result = Outcomes.writing(work, new Trees(cells));
            run = true;
        } catch (StoreException e) {
            look(e);
            throw e;
        } finally {
            if (!run) {
                rollBack();
            }
        }
        commit(cells.changed());
        if (guard.logBytes() > patience) {
            shorten();
        }
        return result;
    }

    private void begin() throws StoreRefusedException {
        try {
            writer.say("BEGIN IMMEDIATE");
        } catch (SQLException e) {
            throw Outcomes.refused("cannot write", e);
        }
    }

    /** SQLite has done so itself after some failures, and says then that there is nothing to do. */
    private void rollBack() {
        writer.forget();
        try {
            writer.say("ROLLBACK");
        } catch (SQLException e) {
            LOG.debug("nothing to roll back", e);
        }
    }

    private void commit(boolean changed) throws OutcomeUnknownException {
        try {
            writer.say("COMMIT");
            if (changed) {
                guard.committed();
            }
        } catch (SQLException e) {
            look(e);
            rollBack();
            throw Outcomes.unknown(e);
        } catch (IOException e) {
            look(e);
            throw Outcomes.unknown(e);
        }
    }

    /** Where a sync has failed nobody knows what the disk has, and asking again proves nothing: nothing more is written. */
    private void look(Exception failure) {
        if (Outcomes.isFailedSync(failure) || SqliteFailure.isSync(failure)) {
            broken = true;
            LOG.error("a sync has failed; the store is read, and written no more until the server is started again");
        }
    }

    /** A log that can't go into the database, as on a full disk, stays what it is and is tried again when it has grown by as much. */
    private void shorten() {
        try {
            settle();
            patience = logBytes;
        } catch (IOException | SQLException | RuntimeException e) {
            patience = guard.logBytes() + logBytes;
            look(e);
            LOG.warn("the log of changes could not go into the database yet: {}", Reasons.of(e));
        }
    }

    private void settle() throws IOException, SQLException {
        if (!guard.prepare()) {
            return;
        }
        if (!locked()) {
            throw new IOException("somebody has been reading for too long");
        }
        try {
            emptyLog(writer);
        } finally {
            reading.writeLock().unlock();
        }
        guard.settled();
    }

    /** On the writer's thread, which nobody interrupts. */
    private boolean locked() throws IOException {
        try {
            return reading.writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /**
     * SQLite puts what is in the log into the database when its last connection is closed, unasked and unguarded; so where that
     * could not be done well before, the connection stays, until the process ends.
     */
    @Override
    public void close() throws StoreException {
        readers.close();
        try {
            if (broken) {
                throw new IOException("a sync to disk had failed");
            }
            settle();
            writer.close();
        } catch (IOException | SQLException | RuntimeException e) {
            throw new OutcomeUnknownException("the store could not be closed cleanly: " + Reasons.of(e), e);
        } finally {
            closeGuard();
        }
    }

    private void closeGuard() {
        try {
            guard.close();
        } catch (IOException e) {
            LOG.warn("a file could not be closed: {}", Reasons.of(e));
        }
    }
}
