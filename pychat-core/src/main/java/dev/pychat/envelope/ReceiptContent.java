package dev.pychat.envelope;

import dev.pychat.model.Bytes;
import dev.pychat.model.Content;

/**
 * Control content that says nothing by itself: the message around it carries its sender's view and read-up-to, which are the receipts
 * (ENVELOPE.md, section 7.2). Stateless.
 */
public final class ReceiptContent {

    /** The content type. */
    public static final int TYPE = RewrapAnswer.TYPE + 1;

    private ReceiptContent() {}

    /**
     * The form in which it is sealed.
     *
     * @return the content, whose body is empty
     */
    public static Content content() {
        return new Content(TYPE, Bytes.EMPTY);
    }
}
