package dev.pychat.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import java.time.Instant;

/**
 * A message to be appended. The caller has checked that the conversation is the one of the two users, and the hash.
 *
 * <p>Immutable and thread-safe.
 *
 * @param conversation the conversation
 * @param sender who submits it
 * @param recipient the other party
 * @param id its name
 * @param hash the SHA-256 of the envelope, 32 bytes
 * @param epoch the epoch whose header it names
 * @param lane the sender's lane it goes on
 * @param after the id before it in the lane; {@link MessageId#NONE} for the first of a lane
 * @param seen the position up to which the sender's device has read without finding {@code id}
 * @param quiet whether it counts in no ordinal
 * @param time when the server received it
 * @param envelope the sealed bytes
 */
public record Submission(
        ConversationId conversation,
        Username sender,
        Username recipient,
        MessageId id,
        Bytes hash,
        EpochName epoch,
        LaneId lane,
        MessageId after,
        Position seen,
        boolean quiet,
        Instant time,
        Envelope envelope) {

    /**
     * Checks what no store could keep.
     *
     * @param conversation the conversation
     * @param sender who submits it
     * @param recipient the other party
     * @param id its name
     * @param hash the SHA-256 of the envelope, 32 bytes
     * @param epoch the epoch whose header it names
     * @param lane the sender's lane it goes on
     * @param after the id before it in the lane; {@link MessageId#NONE} for the first of a lane
     * @param seen the position up to which the sender's device has read without finding {@code id}
     * @param quiet whether it counts in no ordinal
     * @param time when the server received it
     * @param envelope the sealed bytes
     * @throws IllegalArgumentException if the hash does not have 32 bytes, the id or the lane is none, or the sender is the
     *     recipient
     */
    public Submission {
        if (hash.size() != 32) {
            throw new IllegalArgumentException("the hash has " + hash.size() + " bytes, a SHA-256 has 32");
        }
        if (id.equals(MessageId.NONE) || lane.equals(LaneId.NONE)) {
            throw new IllegalArgumentException("a message and its lane need names, zero stands for none");
        }
        if (sender.equals(recipient)) {
            throw new IllegalArgumentException(sender + " cannot be both parties of a conversation");
        }
    }
}
