package dev.pychat.store;

import dev.pychat.model.Bytes;

/**
 * A document that is replaced as a whole, with the number of times that it was written.
 *
 * <p>Immutable and thread-safe.
 *
 * @param version 1 for the first form of it, one more for each that followed
 * @param value the document, opaque to the store
 */
public record VersionedBytes(long version, Bytes value) {

    /**
     * Checks the version.
     *
     * @param version 1 or more
     * @param value the document
     * @throws IllegalArgumentException if {@code version} is below 1
     */
    public VersionedBytes {
        if (version < 1) {
            throw new IllegalArgumentException("version " + version + ", must be 1 or more");
        }
    }
}
