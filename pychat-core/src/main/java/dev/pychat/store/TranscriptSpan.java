package dev.pychat.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.Position;

/**
 * What of a conversation a device holds: all messages from one position to another, without a gap.
 *
 * <p>Immutable and thread-safe.
 *
 * @param from the first position held; {@link Position#NONE} if none is
 * @param to the last position held; {@link Position#NONE} if none is
 * @param state what is known of its lanes and views, opaque to the store; {@link Bytes#EMPTY} at first
 */
public record TranscriptSpan(Position from, Position to, Bytes state) {

    /** Nothing is held. */
    public static final TranscriptSpan NOTHING = new TranscriptSpan(Position.NONE, Position.NONE, Bytes.EMPTY);
}
