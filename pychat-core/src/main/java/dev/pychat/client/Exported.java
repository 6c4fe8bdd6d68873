package dev.pychat.client;

/**
 * What went into a backup.
 *
 * <p>Immutable and thread-safe.
 *
 * @param conversations how many conversations
 * @param messages how many messages they have together
 */
public record Exported(long conversations, long messages) {}
