package dev.pychat.server;

import java.time.Instant;

/**
 * That a server's store did not take what it was given, and has taken nothing of the same kind since.
 *
 * <p>Immutable and thread-safe.
 *
 * @param reason what was not stored, and why, in the store's own words
 * @param at when it was tried last
 */
public record StoreFailure(String reason, Instant at) {}
