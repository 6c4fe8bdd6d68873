package dev.pychat.envelope;

import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;

/**
 * A message that has just been sealed. It is stored with {@code after} in one step, and every resend has the same bytes.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id its id
 * @param envelope its sealed bytes
 * @param envelopeHash the SHA-256 of the envelope
 * @param epoch the epoch it names
 * @param lane the lane it is on
 * @param before the lane's head before it
 * @param after the lane's head with it
 */
public record Sealed(
        MessageId id,
        Envelope envelope,
        Bytes envelopeHash,
        EpochName epoch,
        LaneId lane,
        LaneHead before,
        LaneHead after) {}
