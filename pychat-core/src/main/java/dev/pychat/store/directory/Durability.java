package dev.pychat.store.directory;

/**
 * When stores in a data directory say that they keep something.
 *
 * <p>Immutable and thread-safe.
 */
public enum Durability {
    /** When it is on the disk: the file was synced. A power failure loses nothing of it. */
    DISK,
    /**
     * When the operating system has it. The end of the process loses nothing of it, by whatever signal; a power failure, or a system
     * that crashes, loses what was not synced yet: while there are changes that is done once a second, and else when the system sees
     * fit. What is left is whole. A sync that fails loses as much.
     */
    OS
}
