/**
 * The server's stores in a data directory, on SQLite.
 *
 * <pre>
 * directory/lock                 held while a server uses the directory
 * directory/store/format         "pychat-sqlite 1"
 * directory/store/db, check      the database and what guards it, see the package internal
 *
 * a table for each tree:         key BLOB PRIMARY KEY, record BLOB; without rowid, so that a table is one B-tree
 * </pre>
 *
 * <p>What is in the tables, and by which rules, is the same for every store on a disk and lives in {@code pychat-core}; here is what
 * SQLite needs to be such a store. Nobody else may open the database file, not even to look: SQLite would change it.
 *
 * <p>Nothing here can open an envelope, and nothing here may ever try.
 */
@NullMarked
package dev.pychat.store.sqlite;

import org.jspecify.annotations.NullMarked;
