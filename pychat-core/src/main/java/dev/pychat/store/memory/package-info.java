/**
 * The storage seams in memory, for tests, examples and servers that may forget: what they keep ends with the process.
 *
 * <p>Nothing here touches a disk, and nothing here ever may.
 */
@NullMarked
package dev.pychat.store.memory;

import org.jspecify.annotations.NullMarked;
