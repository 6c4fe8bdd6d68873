/**
 * What the engines of both sides and the transports share about threads: how they are named and made, running tasks one
 * after the other, and telling a length of time in words.
 *
 * <p>Nothing here knows a frame, a connection or a message, and nothing here is API.
 */
@NullMarked
package dev.pychat.transport.internal;

import org.jspecify.annotations.NullMarked;
