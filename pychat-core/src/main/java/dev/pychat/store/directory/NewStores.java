package dev.pychat.store.directory;

import dev.pychat.store.StoreException;

/**
 * Stores that are being made of another's records. Nobody is served from them before {@link #finish}, and a crash before that
 * leaves none. Confined to one thread.
 *
 * <p>What {@link #writeOut} hands out was read from the files anew.
 */
public interface NewStores extends RecordSink, RecordSource, AutoCloseable {

    /**
     * Takes a record. It is durable after {@link #finish} at the latest.
     *
     * @param record the record, of a tree that stores have and with a key above the one before it in that tree
     * @throws StoreException if it can't be kept
     * @throws IllegalArgumentException if there is no such tree
     */
    @Override
    void take(StoredRecord record) throws StoreException;

    /**
     * Makes everything durable and puts the stores into the place from which a server opens them, in one step.
     *
     * @throws StoreException if it can't be made durable
     * @throws DataDirectoryException if the directory fails
     */
    void finish() throws StoreException, DataDirectoryException;

    /**
     * Gives the directory free; removes the stores if they were not finished. Idempotent.
     *
     * @throws DataDirectoryException if something of them is left
     */
    @Override
    void close() throws DataDirectoryException;
}
