package dev.pychat.store.directory;

import dev.pychat.model.Bytes;

/**
 * One record of a server's stores, the same in every kind of them.
 *
 * <p>Immutable and thread-safe.
 *
 * @param tree the name of the tree that it is in
 * @param key its key, of which a tree has each once
 * @param value what is kept under it
 */
public record StoredRecord(String tree, Bytes key, Bytes value) {

    /** Leaves the value out: some are secrets. */
    @Override
    public String toString() {
        return "StoredRecord[" + tree + " " + key.hex() + ", " + value.size() + " bytes]";
    }
}
