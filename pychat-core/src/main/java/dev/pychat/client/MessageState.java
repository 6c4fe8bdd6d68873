package dev.pychat.client;

import dev.pychat.envelope.Seen;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import java.util.Locale;

/**
 * How far a message that this account has sent has come. It only moves forward: queued, accepted, delivered, read; or from queued to
 * failed. Accepted is the server's word; delivered and read are what the peer's own sealed messages say, and nobody else's word
 * (ENVELOPE.md, sections 7.2 and 8). A peer who sends no receipts leaves a message accepted until they write.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface MessageState {

    /**
     * It waits in the outbox of this device, and goes out when the server can be reached; also where nobody knows whether the server
     * has it already, which turns out then.
     */
    record Queued() implements MessageState {}

    /** The server has stored it. */
    record Accepted() implements MessageState {}

    /** One of the peer's devices holds it. */
    record Delivered() implements MessageState {}

    /** The peer has read it. */
    record Read() implements MessageState {}

    /**
     * It will not be sent, or nobody knows whether it is kept.
     *
     * @param reason why: a {@link RefusedException} if it is certain that it is not sent, and a {@link ClosedException} if the client was
     *     closed while its store could not say whether it holds the message
     */
    record Failed(PychatException reason) implements MessageState {}

    /**
     * How far a message that the server has stored has come.
     *
     * @param position its place in the conversation
     * @param byPeer what the peer has said of the conversation ({@link Conversation#seenByPeer})
     * @return accepted, delivered or read
     */
    static MessageState of(Position position, Seen byPeer) {
        if (!position.isAfter(byPeer.read())) {
            return new Read();
        }
        return position.isAfter(byPeer.delivered()) ? new Accepted() : new Delivered();
    }

    /**
     * One word for it, for logs and for people who read no signs.
     *
     * @return {@code queued}, {@code accepted}, {@code delivered}, {@code read} or {@code failed}
     */
    default String word() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /**
     * The sign for it that chat programs have taught people.
     *
     * @return one check mark for accepted, two for delivered and for read (which a program tells apart by colour or a word), an ellipsis for
     *     queued, an exclamation mark for failed
     */
    default String sign() {
        if (this instanceof Queued) {
            return "\u2026";
        }
        if (this instanceof Failed) {
            return "!";
        }
        return this instanceof Accepted ? "\u2713" : "\u2713\u2713";
    }
}
