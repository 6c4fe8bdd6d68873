package dev.pychat.store.directory;

import dev.pychat.store.StoreException;

/** Hands out every record of a server's stores. Thread-safe. */
public interface RecordSource {

    /**
     * Hands out all records as they are at one moment, tree by tree and in the order of the keys: the same records in the same
     * order in every kind of stores. Keeps none of them in memory.
     *
     * @param sink who takes them, on the caller's thread
     * @throws StoreException if the store or the sink fails, or if a record is damaged or missing
     */
    void writeOut(RecordSink sink) throws StoreException;
}
