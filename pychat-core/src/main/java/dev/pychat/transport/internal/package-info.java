/**
 * What the engines of both sides and the transports share about threads: how they are named and made, running tasks one
 * after the other, and telling a length of time in words; and what the transports share about connections: how many there are, what
 * waits to leave, and whose time is over.
 *
 * <p>Nothing here knows what a frame or a message means, and nothing here is API.
 */
@NullMarked
package dev.pychat.transport.internal;

import org.jspecify.annotations.NullMarked;
