package dev.pychat.ref.server.store;

import dev.pychat.store.directory.DataDirectoryException;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.store.directory.Durability;
import dev.pychat.store.directory.internal.Layout;
import dev.pychat.store.internal.tree.TreeDirectory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/**
 * Opens everything that a server keeps, in a data directory, on Xodus.
 *
 * <p>Stateless; safe for every thread.
 */
public final class XodusServerStores {

    static final Layout LAYOUT = new Layout("pychat-data 2", List.of(OpenLog.LOG, OpenLog.CHECK));

    private XodusServerStores() {}

    /**
     * Opens the stores of a data directory, and makes the directory on the first start. The cache takes an eighth of the
     * heap, 8 to 256 MiB.
     *
     * @param directory the data directory; readable by its owner only if it is made here
     * @param random where a new installation's realm and decoy secret are drawn from
     * @return the stores, which the caller closes
     * @throws dev.pychat.store.directory.DataDirectoryBusyException if somebody uses the directory
     * @throws dev.pychat.store.directory.DataDirectoryFormatException if its format is not known; nothing was touched
     * @throws dev.pychat.store.directory.DataDirectoryDamagedException if something in it is lost or altered
     * @throws dev.pychat.store.directory.DataDirectoryUnusableException if it cannot be made, read or written
     * @throws DataDirectoryException if the directory cannot be opened; the subclass says why
     */
    public static DirectoryServerStores open(Path directory, SecureRandom random) throws DataDirectoryException {
        return open(directory, random, defaultCache());
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
    public static DirectoryServerStores open(Path directory, SecureRandom random, long cacheBytes)
            throws DataDirectoryException {
        if (cacheBytes < 1 << 20 || cacheBytes >= Runtime.getRuntime().maxMemory()) {
            throw new IllegalArgumentException("a cache of " + cacheBytes + " bytes, allowed are 1 MiB to less than "
                    + Runtime.getRuntime().maxMemory());
        }
        return directory(cacheBytes, Durability.DISK).open(directory, random);
    }

    static long defaultCache() {
        return Math.max(8L << 20, Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8));
    }

    static TreeDirectory directory(long cacheBytes, Durability durability) {
        return new TreeDirectory(LAYOUT, store -> XodusEngine.open(store, cacheBytes, durability));
    }
}
