package dev.pychat.envelope;

import dev.pychat.crypto.open.MalformedException;
import dev.pychat.model.Bytes;
import dev.pychat.model.StoredMessage;

/**
 * Looks at epoch headers for whoever holds no private key of the conversation: checks 1 to 9 of ENVELOPE.md, section 9.1.
 *
 * <p>Immutable and thread-safe.
 */
public final class EpochInspector {

    private final HeaderCheck check;

    /**
     * Makes one for a conversation.
     *
     * @param context the conversation, seen from one of its sides
     */
    public EpochInspector(ConversationContext context) {
        this.check = new HeaderCheck(context);
    }

    /**
     * Looks at the header that a message names. The answer holds for every message that names the same header
     * ({@link Finding#about}).
     *
     * @param message the message
     * @param header what is said to be its header; anything at all may be given
     * @return the signed epoch, or the finding
     */
    public EpochInspection inspect(StoredMessage message, Bytes header) {
        try {
            return new SignedEpoch(header, check.check(message, header));
        } catch (MalformedException e) {
            return Finding.at(message, FindingCode.MALFORMED, String.valueOf(e.getMessage()));
        } catch (FoundException e) {
            return Finding.at(message, e.code(), e.what());
        }
    }
}
