package dev.pychat.ref.server.store.internal;

/**
 * Says of a part of one file of the log what its bytes are. Whether they are so, whoever opens the log can tell.
 *
 * <p>Immutable and thread-safe.
 *
 * @param from the address of the first byte; all in front of it was durable when this was written
 * @param end the address behind the last
 * @param sum their CRC-32C
 * @param synced whether it is synced together with them, and no other seal written before that is done
 */
record Seal(long from, long end, int sum, boolean synced) {

    /** Says only that all in front of an address counts, and nothing behind it. */
    static Seal at(long end) {
        return new Seal(end, end, 0, true);
    }
}
