package dev.pychat.store.directory;

import dev.pychat.store.ServerStores;
import dev.pychat.store.StoreException;

/**
 * Everything that a server keeps, in a data directory.
 *
 * <p>Implementations are thread-safe. What was acknowledged is on disk, unless the operating system is
 * trusted with it ({@link Durability#OS}); what is lost or altered there is reported, never served
 * and never papered over.
 */
public interface DirectoryServerStores extends ServerStores, RecordSource {

    /**
     * Whether there is any account.
     *
     * @return true if there is one
     * @throws DataDirectoryDamagedException if what tells is lost or altered
     * @throws DataDirectoryException if it can't be read
     */
    boolean hasUsers() throws DataDirectoryException;

    /**
     * Closes them: refuses what comes and waits for calls that have begun, 30 seconds at most. Idempotent.
     *
     * @throws StoreException if they did not end by then, and the directory stays in use until they have and this is called
     *     again, or the process ends; or if it could not be closed cleanly
     */
    @Override
    void close() throws StoreException;
}
