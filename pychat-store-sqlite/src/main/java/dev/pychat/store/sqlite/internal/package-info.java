/**
 * What guards the files of SQLite: a checksum on every page of the database, and a mark that says how far its log had come.
 *
 * <p>SQLite keeps no checksum in its database file. A page that is altered can hide a record from a search that a checksum on the
 * record itself never sees, and "no such account" would let somebody else take the name. Its write-ahead log does have
 * checksums, but SQLite takes a log that is damaged for one that ends there, and says nothing. So:
 *
 * <pre>
 * db/pychat.db       the database; changes only while the log goes into it, which nobody but the store's writer starts
 * db/pychat.db-wal   the log: all changes since then, each transaction durable before it is acknowledged
 * check/sums         for each page of the database: CRC-32C, 4 bytes
 * check/sums-next    while the log goes into the database: the sums that the pages will have
 * check/mark         two slots, written in turn behind each transaction: salts of the log, how many of its frames were
 *                    acknowledged, and the checksums of the last of these
 *
 * 1 sums-next is written, durably      a crash from here on may leave pages half written: the log has them
 * 2 the log goes into the database, durably, and is emptied
 * 3 sums is changed, the mark is set back, both durably
 * 4 sums-next is removed
 * </pre>
 *
 * <p>At opening everything is read and compared, before SQLite sees a file. The mark is made durable in step 3 and once a second
 * while there are changes: a killed process loses nothing of it, a power failure may leave it a second older than the log, never
 * newer. At opening the log is synced, since a killed process may have left there what it had not, and the mark comes up to it.
 *
 * <p>Nothing here knows what is stored, and nothing here may ever cut off or hand out what was acknowledged and is damaged.
 */
@NullMarked
package dev.pychat.store.sqlite.internal;

import org.jspecify.annotations.NullMarked;
