package dev.pychat.wire;

import dev.pychat.model.PychatException;

/**
 * Received bytes that are no frame. It says which frame and field, what was given and what is allowed. After it the
 * stream of bytes has no known frame boundary any more, so the connection is answered with {@link
 * ErrorCode#MALFORMED_FRAME} and closed.
 */
public final class MalformedFrameException extends PychatException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 160;

    /** Where. */
    private final String where;

    /** What stood there. */
    private final String given;

    /** What may stand there. */
    private final String allowed;

    MalformedFrameException(String where, String given, String allowed) {
        this(where, "given " + printable(given) + ", allowed: " + printable(allowed), given, allowed);
    }

    private MalformedFrameException(String where, String sentence, String given, String allowed) {
        super(printable(where) + ": " + sentence);
        this.where = printable(where);
        this.given = printable(given);
        this.allowed = printable(allowed);
    }

    /** A fault whose sentence says already what was given and what is allowed. */
    static MalformedFrameException saying(String where, String sentence) {
        return new MalformedFrameException(where, printable(sentence), sentence, sentence);
    }

    /** The same fault for what nobody may see. */
    MalformedFrameException withoutGiven() {
        return new MalformedFrameException(where, "something that is not repeated here", allowed);
    }

    /**
     * The place of the fault.
     *
     * @return the frame's type and the path of the field, as in {@code submit.seen}, or the part of the frame
     */
    public String where() {
        return where;
    }

    /**
     * What was received there.
     *
     * @return a short printable form of it, or the sentence that says it; never a secret
     */
    public String given() {
        return given;
    }

    /**
     * What would have been right.
     *
     * @return the allowed values in words, or the sentence that says it
     */
    public String allowed() {
        return allowed;
    }

    private static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(SHOWN).map(c -> c >= 0x20 && c < 0x7f ? c : '?').forEach(shown::appendCodePoint);
        return text.length() > SHOWN ? shown.append("...").toString() : shown.toString();
    }
}
