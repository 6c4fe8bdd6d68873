package dev.pychat.ref.server.store.internal;

/**
 * How far the log has come; all are addresses in it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param settled up to here the checksums of the pages are on disk
 * @param synced up to here the log was made durable
 * @param acknowledged up to here somebody was told so; never beyond {@code synced}
 * @param tail the CRC-32C of the last page up to {@code synced}; 0 if that page is full
 */
record Mark(long settled, long synced, long acknowledged, int tail) {

    static final Mark START = new Mark(0, 0, 0, 0);
}
