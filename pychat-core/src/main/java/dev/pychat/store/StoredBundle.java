package dev.pychat.store;

import dev.pychat.model.Bytes;

/**
 * A key bundle as the server keeps it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param serial its serial, from 1
 * @param bytes the signed bundle, opaque
 */
public record StoredBundle(long serial, Bytes bytes) {}
