/**
 * Server stores that live in a data directory: how kinds of them are found, why one can't be opened, and how what one holds
 * is moved into another.
 *
 * <p>What a kind is made of lives elsewhere; here may come in only what all kinds have in common.
 */
@NullMarked
package dev.pychat.store.directory;

import org.jspecify.annotations.NullMarked;
