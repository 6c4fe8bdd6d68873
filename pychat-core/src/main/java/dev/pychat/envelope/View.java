package dev.pychat.envelope;

import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;

/**
 * What history of a conversation a device has seen: the highest position up to which it held every message, and the view hash
 * there (ENVELOPE.md, section 8).
 *
 * <p>Immutable and thread-safe.
 *
 * @param position the highest contiguous position; {@link Position#NONE} if there is none yet
 * @param hash H at that position, 32 bytes
 */
public record View(Position position, Bytes hash) {

    /**
     * Checks the hash's length.
     *
     * @param position the highest contiguous position
     * @param hash H there
     * @throws IllegalArgumentException if {@code hash} does not have 32 bytes
     */
    public View {
        if (hash.size() != ViewChain.SIZE) {
            throw new IllegalArgumentException("a view hash of " + hash.size() + " bytes, must have " + ViewChain.SIZE);
        }
    }

    /**
     * The view of a device that holds nothing of a conversation.
     *
     * @param conversation the conversation
     * @return position 0 and H(0)
     */
    public static View empty(ConversationId conversation) {
        return new View(Position.NONE, ViewChain.start(conversation));
    }

    /**
     * The view after one more message, the one at the next position.
     *
     * @param id the id that the server names the message by
     * @param envelopeHash the SHA-256 of its envelope
     * @return the view that includes it
     */
    public View then(MessageId id, Bytes envelopeHash) {
        Position next = position.next();
        return new View(next, ViewChain.step(hash, next, id, envelopeHash));
    }
}
