/**
 * Sealing and opening: epochs, lanes, messages, views, and the findings that opening can give. {@code ENVELOPE.md} fixes
 * every byte.
 *
 * <p>Everything here computes on values that it is given; clock and randomness are passed in. No file, no socket, no server
 * frame and no store comes in here, and none ever may.
 */
@NullMarked
package dev.pychat.envelope;

import org.jspecify.annotations.NullMarked;
