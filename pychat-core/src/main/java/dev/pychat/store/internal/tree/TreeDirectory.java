package dev.pychat.store.internal.tree;

import dev.pychat.store.OutcomeUnknownException;
import dev.pychat.store.StoreException;
import dev.pychat.store.directory.DataDirectoryDamagedException;
import dev.pychat.store.directory.DataDirectoryException;
import dev.pychat.store.directory.DataDirectoryUnusableException;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.store.directory.NewStores;
import dev.pychat.store.directory.RenewedStores;
import dev.pychat.store.directory.internal.DataDirectory;
import dev.pychat.store.directory.internal.DirectoryLock;
import dev.pychat.store.directory.internal.Layout;
import dev.pychat.store.directory.internal.PrivateFiles;
import dev.pychat.store.directory.internal.Reasons;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens trees that live in a data directory, whatever engine they are on: lock, format, the first start.
 *
 * @param layout how the engine keeps them
 * @param opener how the engine is opened
 */
public record TreeDirectory(Layout layout, Opener opener) {

    private static final Logger LOG = LoggerFactory.getLogger(TreeDirectory.class);

    static final Duration CLOSE = Duration.ofSeconds(30);

    /** Opens an engine. */
    public interface Opener {

        /**
         * Opens the trees in the directory of the stores, whose parts are there, or begins them where these are empty.
         *
         * @param store the directory
         * @return the trees
         * @throws IOException if a file can't be read or written
         * @throws RuntimeException if something is damaged
         */
        Database open(Path store) throws IOException;
    }

    /** What is done in a directory that is locked. */
    private interface Task<T> {
        T run(DataDirectory data, DirectoryLock lock) throws IOException, DataDirectoryException;
    }

    /**
     * Opens the stores, and makes the directory on the first start.
     *
     * @param directory the data directory
     * @param random where a new installation's realm and decoy secret are drawn from
     * @return the stores
     * @throws DataDirectoryException if it cannot be opened; the subclass says why
     */
    public DirectoryServerStores open(Path directory, SecureRandom random) throws DataDirectoryException {
        return locked(directory, (data, lock) -> {
            data.requireNothingHalfTaken();
            if (!data.isMade()) {
                make(data, random);
            }
            Database database = opener.open(data.store());
            return new TreeServerStores(data, lock, database, installation(data, database));
        });
    }

    /**
     * Begins stores for another's records.
     *
     * @param directory the data directory, which has none
     * @return the empty stores
     * @throws DataDirectoryException if it is not empty, or cannot be made; the subclass says why
     */
    public NewStores begin(Path directory) throws DataDirectoryException {
        return locked(directory, (data, lock) -> {
            data.beginTaking();
            return new FilledStores(data, lock, opener, new EmptyPlace(data));
        });
    }

    /**
     * Begins stores that are to take the place of those that are there.
     *
     * @param directory the data directory, which has some
     * @return the empty stores, beside the others
     * @throws DataDirectoryException if it has none, or cannot be opened; the subclass says why
     */
    public RenewedStores renew(Path directory) throws DataDirectoryException {
        return locked(directory, (data, lock) -> {
            if (!data.isMade()) {
                throw new DataDirectoryUnusableException("the data directory " + directory + " holds nothing");
            }
            return RenewedTrees.begin(data, lock, opener);
        });
    }

    /**
     * Whether a directory holds stores whose format has the same name, of whatever version.
     *
     * @param directory the data directory
     * @return false also if nobody can tell
     */
    public boolean isIn(Path directory) {
        try {
            String name = layout.format().replaceAll(" .*", " ");
            return new DataDirectory(directory, layout)
                    .format()
                    .filter(format -> format.startsWith(name))
                    .isPresent();
        } catch (IOException | DataDirectoryDamagedException e) {
            return false;
        }
    }

    private <T> T locked(Path directory, Task<T> task) throws DataDirectoryException {
        DataDirectory data = new DataDirectory(directory, layout);
        try {
            data.requireKnownFormat();
            PrivateFiles.createDirectories(directory);
            return locked(data, DirectoryLock.acquire(directory), task);
        } catch (IOException | UncheckedIOException e) {
            throw unusable(data, e);
        }
    }

    private static <T> T locked(DataDirectory data, DirectoryLock lock, Task<T> task)
            throws IOException, DataDirectoryException {
        boolean opened = false;
        try {
            data.requireKnownFormat();
            data.recover();
            T result = task.run(data, lock);
            opened = true;
            return result;
        } catch (UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            throw damaged(data, e);
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    private void make(DataDirectory data, SecureRandom random) throws IOException, DataDirectoryException {
        data.begin();
        Database database = opener.open(data.beginning());
        try {
            Installation.draw(random).store(database);
            requireClosed(database);
        } catch (StoreException e) {
            throw new DataDirectoryUnusableException(
                    "cannot make the data directory " + data.root() + ": " + e.getMessage(), e);
        }
        data.finish();
    }

    private static Installation installation(DataDirectory data, Database database) throws DataDirectoryException {
        try {
            return Installation.load(database);
        } catch (StoreException e) {
            DataDirectoryException unread = unread(data, e);
            try {
                requireClosed(database);
            } catch (StoreException suppressed) {
                unread.addSuppressed(suppressed);
            }
            throw unread;
        }
    }

    /** What a read that was refused means while nobody else uses the store: damage, unless it is the operating system's refusal. */
    static DataDirectoryException unread(DataDirectory data, StoreException e) {
        return e.getCause() instanceof UncheckedIOException ? unusable(data, e) : damaged(data, e);
    }

    static DataDirectoryException unusable(DataDirectory data, Exception e) {
        return new DataDirectoryUnusableException(
                "cannot read or write the data directory " + data.root() + ": " + Reasons.of(e), e);
    }

    private static DataDirectoryException damaged(DataDirectory data, Exception e) {
        return new DataDirectoryDamagedException(
                "the data directory " + data.root() + " is damaged: " + Reasons.of(e) + "; restore it from a backup",
                e);
    }

    /** Nobody has written to it, and what matters is why it isn't used. */
    static void closeUnused(Database database) {
        try {
            requireClosed(database);
        } catch (StoreException e) {
            LOG.warn("what was opened to be copied could not be closed: {}", e.getMessage());
        }
    }

    static void requireClosed(Database database) throws StoreException {
        if (!database.close(CLOSE)) {
            throw notEnded();
        }
    }

    static OutcomeUnknownException notEnded() {
        return new OutcomeUnknownException("what the store was doing has not ended within " + CLOSE.toSeconds()
                + " seconds; the data directory stays in use");
    }
}
