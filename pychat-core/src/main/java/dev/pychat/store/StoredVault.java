package dev.pychat.store;

import dev.pychat.model.Bytes;

/**
 * The vault of an account as the server keeps it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param version 1 for the first and growing, not always by one
 * @param sealed its opaque content
 */
public record StoredVault(long version, Bytes sealed) {

    /**
     * Checks that this may take another's place.
     *
     * @param expected the version to be replaced
     * @throws IllegalArgumentException if this version is not greater
     */
    public void requireAbove(long expected) {
        if (version <= expected) {
            throw new IllegalArgumentException(
                    "version " + version + " of a vault in place of " + expected + ", it must be greater");
        }
    }
}
