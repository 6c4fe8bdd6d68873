/**
 * The log under the Xodus store, with a checksum on every page and a mark that says how far it had come.
 *
 * <p>Xodus writes one endless log, cut into files. It keeps no checksum and, when it opens a damaged log, goes back to the
 * last state that it can read. So this package stands between Xodus and its files:
 *
 * <pre>
 * log/00000000000.xd …   the log as Xodus writes it, 8 MiB each, each behind a head of 4 KiB
 *                        with the last two seals: from, end, CRC-32C of what is between, synced or not
 * check/sums             for each 16 KiB page of the log that is full: CRC-32C and a check of the entry, 8 bytes
 * check/mark             two slots, written in turn: settled, synced, acknowledged, CRC-32C of the last page up to synced
 *
 * 0 ........... settled ........... acknowledged ... synced ........... end of the files
 *   the sums are     the sums may be                        the mark is older, or it was never
 *   on disk          missing after a power failure          acknowledged; the seals tell where it ends
 * </pre>
 *
 * <p>A power failure in the middle of a commit may leave some of its bytes and not others. So each sync makes durable, in the same
 * file, a seal over what it is for; the two slots are written in turn, so the older one is durable whenever the newer is begun. Where
 * commits are not synced, each write has a seal over all since the last sync, and none of the two need be durable. A log that is opened ends
 * where the newest seal ends whose bytes are what it says, or if none is true, where it was synced; what is behind is cut off
 * before Xodus sees it. What a process that was killed had sealed and not synced is synced then, before anybody is served: from then on it
 * is answered for.
 *
 * <p>Nothing here knows what is stored, and nothing here may ever cut off or hand out what was acknowledged and is damaged.
 */
@NullMarked
package dev.pychat.ref.server.store.internal;

import org.jspecify.annotations.NullMarked;
