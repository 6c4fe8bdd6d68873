package dev.pychat.store.directory;

/**
 * How much a server's stores hold.
 *
 * <p>Immutable and thread-safe.
 *
 * @param accounts how many accounts there are
 * @param conversations how many conversations have a message
 * @param messages how many messages there are in all of them, control content included
 */
public record StoreFigures(long accounts, long conversations, long messages) {}
