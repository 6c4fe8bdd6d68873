package dev.pychat.envelope;

import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import java.nio.ByteBuffer;

/**
 * The hash chain over a conversation's messages in position order, those that can't be opened too (ENVELOPE.md, section 8).
 *
 * <p>Stateless and thread-safe.
 */
public final class ViewChain {

    /** How many bytes a view hash has. */
    public static final int SIZE = Sha256.SIZE;

    private ViewChain() {}

    /**
     * H(0), before the first message.
     *
     * @param conversation the conversation
     * @return 32 bytes
     */
    public static Bytes start(ConversationId conversation) {
        return Sha256.of(Label.VIEW_START, conversation.value());
    }

    /**
     * H at a position, from H at the position before it.
     *
     * @param before H at {@code position} minus 1
     * @param position the position, 1 or more
     * @param id the id that the server names the message there by
     * @param envelopeHash the SHA-256 of its envelope
     * @return 32 bytes
     */
    public static Bytes step(Bytes before, Position position, MessageId id, Bytes envelopeHash) {
        byte[] number =
                ByteBuffer.allocate(Long.BYTES).putLong(position.value()).array();
        return Sha256.of(Label.VIEW_STEP, before, Bytes.adopt(number), id.value(), envelopeHash);
    }
}
