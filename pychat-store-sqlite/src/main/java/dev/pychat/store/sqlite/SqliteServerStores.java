package dev.pychat.store.sqlite;

import dev.pychat.store.directory.DataDirectoryException;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.store.directory.Durability;
import dev.pychat.store.directory.internal.Layout;
import dev.pychat.store.internal.tree.TreeDirectory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/**
 * Opens everything that a server keeps, in a data directory, on SQLite. What is open has caches of up to 96 MiB beside the heap.
 *
 * <p>Stateless; safe for every thread.
 */
public final class SqliteServerStores {

    static final Layout LAYOUT = new Layout("pychat-sqlite 1", List.of(SqliteEngine.DB, SqliteEngine.CHECK));

    static final TreeDirectory DIRECTORY = directory(SqliteEngine.LOG_BYTES);

    private SqliteServerStores() {}

    static TreeDirectory directory(long logBytes) {
        return directory(logBytes, Durability.DISK);
    }

    static TreeDirectory directory(long logBytes, Durability durability) {
        return new TreeDirectory(LAYOUT, store -> SqliteEngine.open(store, logBytes, durability));
    }

    /**
     * Opens the stores of a data directory, and makes the directory on the first start. Everything in it is read once, to compare
     * it with its checksums: a second or two for each gigabyte that the system has to fetch from a disk.
     *
     * @param directory the data directory; readable by its owner only if it is made here
     * @param random where a new installation's realm and decoy secret are drawn from
     * @return the stores, which the caller closes
     * @throws dev.pychat.store.directory.DataDirectoryBusyException if somebody uses the directory
     * @throws dev.pychat.store.directory.DataDirectoryFormatException if its format is not known; nothing was touched
     * @throws dev.pychat.store.directory.DataDirectoryDamagedException if something in it is lost or altered; nothing was
     *     touched
     * @throws dev.pychat.store.directory.DataDirectoryUnusableException if it cannot be made, read or written
     * @throws DataDirectoryException if the directory cannot be opened; the subclass says why
     */
    public static DirectoryServerStores open(Path directory, SecureRandom random) throws DataDirectoryException {
        return DIRECTORY.open(directory, random);
    }
}
