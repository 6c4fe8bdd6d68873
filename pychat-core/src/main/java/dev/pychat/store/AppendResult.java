package dev.pychat.store;

import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import java.time.Instant;

/**
 * What became of a submission. The rules, in order, where the head of the lane is the last stored message of (sender,
 * lane):
 *
 * <ol>
 *   <li>the lane is kept and its head is {@code after} (or the lane is new, {@code after} is none and no lane of the sender
 *       was ever dropped here): appended, without a search;
 *   <li>else {@code id} is looked for among the messages of (sender, lane) in ({@code seen}, head]: where that is more than
 *       {@value #MAX_SPAN} positions, {@link ReadFirst}; found with the same hash, {@link Appended} as a duplicate; with
 *       another, {@link Conflict};
 *   <li>not found: a lane that is kept gives {@link OutOfSequence}; one that is not, {@link UnknownLane}, or is begun
 *       where {@code after} is none.
 * </ol>
 *
 * <p>Of each sender and conversation the {@value #MAX_LANES} most recently used lanes are kept. Only {@link Appended}
 * changes anything. Immutable and thread-safe.
 */
public sealed interface AppendResult {

    /** The most positions that are searched for a duplicate. */
    int MAX_SPAN = 1024;

    /** The most lanes kept for each sender and conversation. */
    int MAX_LANES = 64;

    /**
     * The message is stored.
     *
     * @param position its place
     * @param ordinal how many messages that count the sender now has here, up to and including this one
     * @param time when the server stored it
     * @param duplicate whether it was stored before, and this is that answer again
     */
    record Appended(Position position, long ordinal, Instant time, boolean duplicate) implements AppendResult {}

    /**
     * The message does not follow the lane's head; nothing happened.
     *
     * @param last the head's id; {@link MessageId#NONE} never
     * @param lastPosition the head's position
     */
    record OutOfSequence(MessageId last, Position lastPosition) implements AppendResult {}

    /** The store does not keep the lane (any more); nothing happened and a new lane is to be begun. */
    record UnknownLane() implements AppendResult {}

    /**
     * The id is stored already with another envelope; nothing happened.
     *
     * @param position where
     */
    record Conflict(Position position) implements AppendResult {}

    /**
     * Too much has been stored since {@code seen} to search; nothing happened. The client reads on and raises it.
     *
     * @param head the conversation's last position
     */
    record ReadFirst(Position head) implements AppendResult {}
}
