/**
 * Backups: the sealed file in which a person keeps an account's keys and readable history (ENVELOPE.md, section 14.1). What lives
 * here is the file and nothing else: what goes into one, and what becomes of it, is the client's to say. Nothing here knows a
 * store or a server.
 */
@NullMarked
package dev.pychat.backup;

import org.jspecify.annotations.NullMarked;
