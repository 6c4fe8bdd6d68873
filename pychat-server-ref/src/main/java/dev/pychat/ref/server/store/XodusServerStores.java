package dev.pychat.ref.server.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.ref.server.internal.PrivateFiles;
import dev.pychat.ref.server.internal.Reasons;
import dev.pychat.ref.server.store.internal.DamagedLogException;
import dev.pychat.store.AccountStore;
import dev.pychat.store.BatchMessageStore;
import dev.pychat.store.BlockStore;
import dev.pychat.store.KeyDirectory;
import dev.pychat.store.OutcomeUnknownException;
import dev.pychat.store.ServerStores;
import dev.pychat.store.StoreException;
import dev.pychat.store.TokenStore;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * Everything that a server keeps, in a data directory.
 *
 * <p>Thread-safe. What was acknowledged is on disk; what is lost or altered there is reported, never served and never
 * papered over.
 */
public final class XodusServerStores implements ServerStores {

    private static final Duration CLOSE = Duration.ofSeconds(30);

    private final DataDirectory data;
    private final DirectoryLock lock;
    private final Database database;
    private final Installation installation;
    private final XodusAccounts accounts;
    private final XodusTokens tokens;
    private final XodusKeys keys;
    private final XodusMessages messages;
    private final XodusBlocks blocks;

    private XodusServerStores(DataDirectory data, DirectoryLock lock, Database database, Installation installation) {
        this.data = data;
        this.lock = lock;
        this.database = database;
        this.installation = installation;
        this.accounts = new XodusAccounts(database);
        this.tokens = new XodusTokens(database);
        this.keys = new XodusKeys(database);
        this.messages = new XodusMessages(database);
        this.blocks = new XodusBlocks(database);
    }

    /**
     * Opens the stores of a data directory, and makes the directory on the first start. The cache takes an eighth of the
     * heap, 8 to 256 MiB.
     *
     * @param directory the data directory; readable by its owner only if it is made here
     * @param random where a new installation's realm and decoy secret are drawn from
     * @return the stores, which the caller closes
     * @throws DataDirectoryBusyException if somebody uses the directory
     * @throws DataDirectoryFormatException if its format is not known; nothing was touched
     * @throws DataDirectoryDamagedException if something in it is lost or altered
     * @throws DataDirectoryUnusableException if it cannot be made, read or written
     */
    public static XodusServerStores open(Path directory, SecureRandom random) throws DataDirectoryException {
        long cache =
                Math.max(8L << 20, Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8));
        return open(directory, random, cache);
    }

    /**
     * Opens the stores with a cache of a given size.
     *
     * @param directory the data directory
     * @param random where a new installation's realm and decoy secret are drawn from
     * @param cacheBytes the most bytes of the files that are kept in memory, at least 1 MiB and less than the heap
     * @return the stores, which the caller closes
     * @throws IllegalArgumentException if the cache has an impossible size
     * @throws DataDirectoryException if the directory cannot be opened; the subclass says why
     */
    public static XodusServerStores open(Path directory, SecureRandom random, long cacheBytes)
            throws DataDirectoryException {
        if (cacheBytes < 1 << 20 || cacheBytes >= Runtime.getRuntime().maxMemory()) {
            throw new IllegalArgumentException("a cache of " + cacheBytes + " bytes, allowed are 1 MiB to less than "
                    + Runtime.getRuntime().maxMemory());
        }
        DataDirectory data = new DataDirectory(directory);
        try {
            data.requireKnownFormat();
            PrivateFiles.createDirectories(directory);
            return locked(data, DirectoryLock.acquire(directory), random, cacheBytes);
        } catch (IOException | java.io.UncheckedIOException e) {
            throw unusable(data, e);
        }
    }

    private static XodusServerStores locked(
            DataDirectory data, DirectoryLock lock, SecureRandom random, long cacheBytes)
            throws IOException, DataDirectoryException {
        boolean opened = false;
        try {
            data.requireKnownFormat();
            if (!data.isMade()) {
                make(data, random, cacheBytes);
            }
            Database database = Database.open(data.store(), cacheBytes);
            XodusServerStores stores = new XodusServerStores(data, lock, database, installation(data, database));
            opened = true;
            return stores;
        } catch (DamagedLogException e) {
            throw damaged(data, e);
        } catch (java.io.UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            throw damaged(data, e);
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    private static void make(DataDirectory data, SecureRandom random, long cacheBytes)
            throws IOException, DataDirectoryException {
        data.begin();
        Database database = Database.open(data.beginning(), cacheBytes);
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
    private static DataDirectoryException unread(DataDirectory data, StoreException e) {
        return e.getCause() instanceof java.io.UncheckedIOException ? unusable(data, e) : damaged(data, e);
    }

    private static DataDirectoryException unusable(DataDirectory data, Exception e) {
        return new DataDirectoryUnusableException(
                "cannot read or write the data directory " + data.root() + ": " + Reasons.of(e), e);
    }

    private static DataDirectoryException damaged(DataDirectory data, Exception e) {
        return new DataDirectoryDamagedException(
                "the data directory " + data.root() + " is damaged: " + Reasons.of(e) + "; restore it from a backup",
                e);
    }

    /**
     * Whether there is any account.
     *
     * @return true if there is one
     * @throws DataDirectoryDamagedException if what tells is lost or altered
     * @throws DataDirectoryUnusableException if it can't be read
     */
    public boolean hasUsers() throws DataDirectoryException {
        try {
            return !accounts.users("", "", 1).names().isEmpty();
        } catch (StoreException e) {
            throw unread(data, e);
        }
    }

    @Override
    public Realm realm() {
        return installation.realm();
    }

    @Override
    public Bytes decoySecret() {
        return installation.decoySecret();
    }

    @Override
    public AccountStore accounts() {
        return accounts;
    }

    @Override
    public TokenStore tokens() {
        return tokens;
    }

    @Override
    public KeyDirectory keys() {
        return keys;
    }

    @Override
    public BatchMessageStore messages() {
        return messages;
    }

    @Override
    public BlockStore blocks() {
        return blocks;
    }

    /**
     * Closes them: refuses what comes and waits for calls that have begun, 30 seconds at most. Idempotent.
     *
     * @throws StoreException if they did not end by then, and the directory stays in use until they have and this is called
     *     again, or the process ends; or if it could not be closed cleanly
     */
    @Override
    public void close() throws StoreException {
        boolean ended = false;
        try {
            ended = database.close(CLOSE);
        } catch (StoreException e) {
            ended = true;
            throw e;
        } finally {
            if (ended) {
                giveUp(lock);
            }
        }
        if (!ended) {
            throw notEnded();
        }
    }

    private static void giveUp(DirectoryLock lock) throws OutcomeUnknownException {
        try {
            lock.close();
        } catch (IOException e) {
            throw new OutcomeUnknownException("the lock of the data directory could not be given up", e);
        }
    }

    private static void requireClosed(Database database) throws StoreException {
        if (!database.close(CLOSE)) {
            throw notEnded();
        }
    }

    private static OutcomeUnknownException notEnded() {
        return new OutcomeUnknownException("what the store was doing has not ended within " + CLOSE.toSeconds()
                + " seconds; the data directory stays in use");
    }
}
