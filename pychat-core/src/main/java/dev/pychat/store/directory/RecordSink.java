package dev.pychat.store.directory;

import dev.pychat.store.StoreException;

/** Takes records one after another. Confined to the thread that writes them out. */
public interface RecordSink {

    /**
     * Takes one.
     *
     * @param record the record
     * @throws StoreException if it can't be taken
     */
    void take(StoredRecord record) throws StoreException;
}
