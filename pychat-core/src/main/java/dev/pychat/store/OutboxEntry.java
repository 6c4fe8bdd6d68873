package dev.pychat.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;

/** A message that the server has not accepted yet, in one of two forms. Immutable and thread-safe. */
public sealed interface OutboxEntry {

    /**
     * Its place among the entries for its peer. It stays when the entry is sealed, or sealed anew under another id.
     *
     * @return 1 or more
     */
    long number();

    /**
     * The id of the message.
     *
     * @return the id it is, or is going to be, sealed under
     */
    MessageId id();

    /**
     * The content, sealed under the device key, from which it can be sealed (anew).
     *
     * @return sealed bytes
     */
    Bytes draft();

    /**
     * A message that waits to be sealed, for instance because the peer's keys are not known yet.
     *
     * @param number its place
     * @param id the id that it is going to have
     * @param draft the content, sealed under the device key
     */
    record Draft(long number, MessageId id, Bytes draft) implements OutboxEntry {}

    /**
     * A message as it goes to the server, and would go again.
     *
     * @param number its place
     * @param id the message's id
     * @param draft the content, sealed under the device key
     * @param hash the SHA-256 of the envelope, 32 bytes
     * @param epoch the epoch that it was sealed in
     * @param lane the lane
     * @param after the id before it in the lane; {@link MessageId#NONE} for the first
     * @param headBefore the encoded head of the lane before it; {@link Bytes#EMPTY} for the first
     * @param seen the position up to which this device had read when it was sealed
     * @param quiet whether it counts in no ordinal
     * @param envelope the sealed message
     */
    record Sealed(
            long number,
            MessageId id,
            Bytes draft,
            Bytes hash,
            EpochName epoch,
            LaneId lane,
            MessageId after,
            Bytes headBefore,
            Position seen,
            boolean quiet,
            Envelope envelope)
            implements OutboxEntry {}
}
