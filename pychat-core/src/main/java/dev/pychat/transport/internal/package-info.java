/**
 * What the engines of both sides and the transports share about threads: how they are named and made, and running tasks one
 * after the other.
 *
 * <p>Nothing here knows a frame, a connection or a message, and nothing here is API.
 */
@NullMarked
package dev.pychat.transport.internal;

import org.jspecify.annotations.NullMarked;
