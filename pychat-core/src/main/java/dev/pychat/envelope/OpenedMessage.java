package dev.pychat.envelope;

import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import java.time.Instant;

/**
 * A message that opened: decrypted, and signed by an accepted identity. Whether it stands in the right place is for
 * {@link Transcript} to say.
 *
 * <p>Immutable and thread-safe.
 *
 * @param content what it says; of a type that this program may not know
 * @param time when it was sealed, by the sender's clock
 * @param readUpTo position up to which the sender's person had read when it was sealed
 * @param view what the sender's device had seen then
 * @param head the lane's head with this message: its ids, numbers and hash
 * @param before the message hash that it names as the one before it in the lane
 * @param previous the head that its epoch's header names
 * @param envelopeHash the SHA-256 of its envelope
 */
public record OpenedMessage(
        Content content,
        Instant time,
        Position readUpTo,
        View view,
        LaneHead head,
        Bytes before,
        LaneHead previous,
        Bytes envelopeHash)
        implements MessageOpening {

    /**
     * Its id, as sealed.
     *
     * @return the id
     */
    public MessageId id() {
        return head.id();
    }

    /**
     * Its lane, as sealed.
     *
     * @return the lane
     */
    public LaneId lane() {
        return head.lane();
    }

    /**
     * Its epoch, as sealed.
     *
     * @return the epoch's name
     */
    public EpochName epoch() {
        return head.epoch();
    }

    LanePlace place() {
        return new LanePlace(head, before, previous);
    }
}
