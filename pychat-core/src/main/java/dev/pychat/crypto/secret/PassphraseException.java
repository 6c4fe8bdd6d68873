package dev.pychat.crypto.secret;

import dev.pychat.model.PychatException;

/** A passphrase that is not accepted. The message says why and never quotes it. */
public final class PassphraseException extends PychatException {

    /** Why it is not accepted. */
    public enum Reason {
        /** Fewer than {@value Passphrase#MIN_SIZE} bytes in UTF-8. */
        TOO_SHORT("the passphrase is too short: at least " + Passphrase.MIN_SIZE + " bytes are needed"),
        /** More than {@value Passphrase#MAX_SIZE} bytes in UTF-8. */
        TOO_LONG("the passphrase is too long: at most " + Passphrase.MAX_SIZE + " bytes are allowed"),
        /** A control character, such as a tab or a line end. */
        CONTROL_CHARACTER("the passphrase contains a control character such as a tab"),
        /** Half of a surrogate pair. */
        NOT_TEXT("the passphrase is not well-formed text"),
        /** A character that shows as nothing, is unassigned or private, or has a second spelling of itself. */
        UNSAFE_CHARACTER("the passphrase contains an invisible, unassigned or private character,"
                + " which another keyboard may not be able to repeat");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }
    }

    private static final long serialVersionUID = 1L;

    /** Why, as one of a closed set. */
    private final Reason reason;

    /**
     * Makes one.
     *
     * @param reason why the passphrase is not accepted
     */
    public PassphraseException(Reason reason) {
        super(reason.sentence);
        this.reason = reason;
    }

    /**
     * Why it is not accepted.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
