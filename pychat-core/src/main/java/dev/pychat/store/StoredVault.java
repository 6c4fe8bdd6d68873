package dev.pychat.store;

import dev.pychat.model.Bytes;

/**
 * The vault of an account as the server keeps it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param version how often it was put, from 1
 * @param sealed its opaque content
 */
public record StoredVault(long version, Bytes sealed) {}
