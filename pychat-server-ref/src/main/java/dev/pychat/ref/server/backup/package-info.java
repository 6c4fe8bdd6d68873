/**
 * Backups of a server: everything in its stores as it was at one moment, and the files beside them, in one file that belongs to
 * no kind of store.
 *
 * <pre>
 * "pychat-server-backup 1\n"
 * part *     kind u8 | length u32, at most 16 MiB | payload | CRC-32C of all of that u32; numbers are big-endian
 *   'A'      first of all: UTF-8 lines "made=" instant, "version=" program, "store=" kind
 *   'R'      a record: length u8 and tree, length u32 and key, value; tree by tree, in the order of the keys
 *   'F'      behind the records, a piece of a file beside the store: length u8 and name, content; a file's pieces follow one another
 *   'X'      the server could not go on, and why; the file is no backup
 *   'E'      last of all: number of records u64, SHA-256 of the records as {@code migrate} tells it, SHA-256 of all bytes in front
 * </pre>
 *
 * <p>Nothing here knows what a record says, and nothing here may know an engine.
 */
@NullMarked
package dev.pychat.ref.server.backup;

import org.jspecify.annotations.NullMarked;
