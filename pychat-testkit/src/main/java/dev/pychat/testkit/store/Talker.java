package dev.pychat.testkit.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.Envelope;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.Submission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/** One lane of a sender: makes submissions that follow each other. Confined to one thread. */
public final class Talker {

    private static final Instant TIME = Instant.parse("2026-11-22T14:03:05.123456789Z");

    private final Draw draw;
    private final ConversationId conversation;
    private final Username sender;
    private final Username recipient;
    private final LaneId lane;
    private MessageId last = MessageId.NONE;
    private long count;

    /**
     * Begins a lane.
     *
     * @param draw where ids and envelopes are drawn from
     * @param conversation the conversation
     * @param sender who sends
     * @param recipient who receives
     */
    public Talker(Draw draw, ConversationId conversation, Username sender, Username recipient) {
        this(draw, conversation, sender, recipient, draw.lane());
    }

    /**
     * Begins a lane of a given name.
     *
     * @param draw where ids and envelopes are drawn from
     * @param conversation the conversation
     * @param sender who sends
     * @param recipient who receives
     * @param lane the lane
     */
    public Talker(Draw draw, ConversationId conversation, Username sender, Username recipient, LaneId lane) {
        this.draw = draw;
        this.conversation = conversation;
        this.sender = sender;
        this.recipient = recipient;
        this.lane = lane;
    }

    /**
     * Makes the next message of the lane.
     *
     * @return a message that counts
     */
    public Submission next() {
        return next(false);
    }

    /**
     * Makes the next message of the lane.
     *
     * @param quiet whether it counts in no ordinal
     * @return the message
     */
    public Submission next(boolean quiet) {
        Submission made = stray(last, quiet);
        last = made.id();
        return made;
    }

    /**
     * Makes a message that does not become part of the lane's own sequence.
     *
     * @param after the id that it claims to follow
     * @return the message
     */
    public Submission stray(MessageId after) {
        return stray(after, false);
    }

    private Submission stray(MessageId after, boolean quiet) {
        Envelope envelope = draw.envelope();
        return new Submission(
                conversation,
                sender,
                recipient,
                draw.messageId(),
                sha256(envelope),
                draw.epoch(),
                lane,
                after,
                Position.NONE,
                quiet,
                TIME.plusMillis(count++),
                envelope);
    }

    /**
     * Another lane of the same sender.
     *
     * @return a new lane in the same conversation
     */
    public Talker anotherLane() {
        return new Talker(draw, conversation, sender, recipient);
    }

    /**
     * A lane of the other party.
     *
     * @return a new lane in the same conversation
     */
    public Talker answering() {
        return new Talker(draw, conversation, /* sender= */ recipient, /* recipient= */ sender);
    }

    /**
     * The conversation.
     *
     * @return its name
     */
    public ConversationId conversation() {
        return conversation;
    }

    /**
     * Who sends.
     *
     * @return the sender
     */
    public Username sender() {
        return sender;
    }

    /**
     * Who receives.
     *
     * @return the recipient
     */
    public Username recipient() {
        return recipient;
    }

    /**
     * The lane.
     *
     * @return its name
     */
    public LaneId lane() {
        return lane;
    }

    /**
     * The last id that {@link #next()} gave out.
     *
     * @return the id
     */
    public MessageId last() {
        return last;
    }

    /**
     * The same submission by a client that has read further.
     *
     * @param submission a submission
     * @param seen up to where it has read
     * @return the submission with the raised position
     */
    public static Submission seen(Submission submission, long seen) {
        return copy(submission, submission.envelope(), new Position(seen));
    }

    /**
     * The same id over other bytes.
     *
     * @param submission a submission
     * @param envelope the other bytes
     * @return a submission that conflicts with the first
     */
    public static Submission altered(Submission submission, Envelope envelope) {
        return copy(submission, envelope, submission.seen());
    }

    private static Submission copy(Submission submission, Envelope envelope, Position seen) {
        return new Submission(
                submission.conversation(),
                submission.sender(),
                submission.recipient(),
                submission.id(),
                sha256(envelope),
                submission.epoch(),
                submission.lane(),
                submission.after(),
                seen,
                submission.quiet(),
                submission.time(),
                envelope);
    }

    private static Bytes sha256(Envelope envelope) {
        try {
            return Bytes.adopt(
                    MessageDigest.getInstance("SHA-256").digest(envelope.value().toArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
