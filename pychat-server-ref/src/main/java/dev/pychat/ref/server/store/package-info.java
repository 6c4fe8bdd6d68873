/**
 * The server's stores in a data directory, on Xodus.
 *
 * <pre>
 * directory/lock                 held while a server uses the directory
 * directory/store/format         "pychat-data 2"
 * directory/store/log, check     the log and what guards it, see the package internal
 * </pre>
 *
 * <p>What is kept in the log, and by which rules, is the same for every store on a disk and lives in {@code pychat-core}; here is
 * what Xodus needs to be such a store.
 *
 * <p>Nothing here can open an envelope, and nothing here may ever try.
 */
@NullMarked
package dev.pychat.ref.server.store;

import org.jspecify.annotations.NullMarked;
