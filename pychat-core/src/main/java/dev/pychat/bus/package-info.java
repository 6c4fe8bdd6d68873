/**
 * The live bus: hints between the connections and the nodes of a server that a conversation has grown.
 *
 * <p>A hint may be lost or doubled without harm, since whoever misses one sees the gap in the positions and reads from the
 * store. Nothing that must not be lost may ever travel here.
 */
@NullMarked
package dev.pychat.bus;

import org.jspecify.annotations.NullMarked;
