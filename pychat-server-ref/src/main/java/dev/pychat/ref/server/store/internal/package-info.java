/**
 * The log under the Xodus store, with a checksum on every page and a mark that says how far it had come.
 *
 * <p>Xodus writes one endless log, cut into files. It keeps no checksum and, when it opens a damaged log, goes back to the
 * last state that it can read. So this package stands between Xodus and its files:
 *
 * <pre>
 * log/00000000000.xd …   the log as Xodus writes it, 8 MiB each
 * check/sums             for each 16 KiB page of the log that is full: CRC-32C and a check of the entry, 8 bytes
 * check/mark             two slots, written in turn: settled, synced, acknowledged, CRC-32C of the last page up to synced
 *
 * 0 ........... settled ........... acknowledged ... synced ........... end of the files
 *   the sums are     the sums may be                        never acknowledged;
 *   on disk          missing after a power failure          Xodus decides what it was
 * </pre>
 *
 * <p>What a process that was killed had written behind {@code synced} is synced when the log is opened, before anybody is served: from then
 * on it is answered for.
 *
 * <p>Nothing here knows what is stored, and nothing here may ever cut off or hand out what was acknowledged and is damaged.
 */
@NullMarked
package dev.pychat.ref.server.store.internal;

import org.jspecify.annotations.NullMarked;
