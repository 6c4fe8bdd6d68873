package dev.pychat.store.directory;

import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * One kind of stores in a data directory. Kinds are found by {@link java.util.ServiceLoader}; making one loads nothing of the
 * library under it.
 *
 * <p>Implementations are stateless and thread-safe.
 */
public interface StoreKind {

    /**
     * How it is asked for.
     *
     * @return small letters
     */
    String name();

    /**
     * Whether a data directory holds stores of this kind, of whatever version. Touches nothing.
     *
     * @param directory the data directory
     * @return false also if there are none or nobody can tell
     */
    boolean isIn(Path directory);

    /**
     * Opens the stores of a data directory, and makes the directory on the first start. What they say that they keep is on the disk.
     *
     * @param directory the data directory; readable by its owner only if it is made here
     * @param random where a new installation's realm and decoy secret are drawn from
     * @return the stores, which the caller closes
     * @throws DataDirectoryException if the directory cannot be opened, as {@link #open(Path, SecureRandom, Durability)} says
     */
    default DirectoryServerStores open(Path directory, SecureRandom random) throws DataDirectoryException {
        return open(directory, random, Durability.DISK);
    }

    /**
     * Opens the stores of a data directory, and makes the directory on the first start.
     *
     * @param directory the data directory; readable by its owner only if it is made here
     * @param random where a new installation's realm and decoy secret are drawn from
     * @param durability when they say that they keep something; each opening says it anew, the directory does not remember it
     * @return the stores, which the caller closes
     * @throws DataDirectoryBusyException if somebody uses the directory
     * @throws DataDirectoryFormatException if its format is not known; nothing was touched
     * @throws DataDirectoryDamagedException if something in it is lost or altered
     * @throws DataDirectoryUnusableException if it cannot be made, read or written
     * @throws DataDirectoryException if the directory cannot be opened; the subclass says why
     */
    DirectoryServerStores open(Path directory, SecureRandom random, Durability durability)
            throws DataDirectoryException;

    /**
     * Begins stores that are to hold another's records, in a data directory that is empty or where this was begun and came to no
     * end. Until it has, no server opens them.
     *
     * @param directory the data directory; readable by its owner only if it is made here
     * @return the empty stores, which the caller closes
     * @throws DataDirectoryBusyException if somebody uses the directory
     * @throws DataDirectoryUnusableException if it is not empty, or cannot be made or written
     * @throws DataDirectoryException if the directory cannot be opened; the subclass says why
     */
    NewStores begin(Path directory) throws DataDirectoryException;

    /**
     * Begins stores that are to take the place of those in a data directory, with what these hold. Until they have it, and if they
     * never do, the directory is what it was.
     *
     * @param directory the data directory, which holds stores of this kind
     * @return the empty stores, and those that are there, which the caller closes
     * @throws DataDirectoryBusyException if somebody uses the directory
     * @throws DataDirectoryFormatException if its format is not known; nothing was touched
     * @throws DataDirectoryDamagedException if something in it is lost or altered
     * @throws DataDirectoryUnusableException if it holds no stores, or cannot be read or written
     * @throws DataDirectoryException if the directory cannot be opened; the subclass says why
     */
    RenewedStores renew(Path directory) throws DataDirectoryException;
}
