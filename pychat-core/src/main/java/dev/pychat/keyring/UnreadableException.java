package dev.pychat.keyring;

import dev.pychat.model.PychatException;

/** A sealed keyring or vault cannot be read. It must then never be overwritten. */
public final class UnreadableException extends PychatException {

    /** Why. */
    public enum Reason {
        /** The passphrase, or the account, is another one. */
        WRONG_KEY,
        /** It has been altered or cut short. */
        DAMAGED,
        /** A newer program wrote it. */
        NEWER_VERSION
    }

    private static final long serialVersionUID = 1L;

    /** Why, as one of a closed set. */
    private final Reason reason;

    UnreadableException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    UnreadableException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /**
     * Why it cannot be read.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
