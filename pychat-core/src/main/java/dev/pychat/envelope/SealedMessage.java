package dev.pychat.envelope;

import dev.pychat.model.Bytes;

/**
 * A message as it looks to whoever has its epoch's header and not its secret: where it says that it stands. Nobody has verified
 * that its sender sealed it so; a later epoch header of the lane, which is signed, names the hash of the message before it and so
 * vouches for that message and all before.
 *
 * <p>Immutable and thread-safe.
 *
 * @param head the lane's head with this message: its ids, numbers and hash
 * @param before the message hash that it names as the one before it in the lane
 * @param previous the head that its epoch's header names
 * @param envelopeHash the SHA-256 of its envelope
 */
public record SealedMessage(LaneHead head, Bytes before, LaneHead previous, Bytes envelopeHash)
        implements MessageInspection {

    LanePlace place() {
        return new LanePlace(head, before, previous);
    }
}
