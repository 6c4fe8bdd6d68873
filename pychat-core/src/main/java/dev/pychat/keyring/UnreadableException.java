package dev.pychat.keyring;

import dev.pychat.model.PychatException;

/** A sealed keyring, vault or backup cannot be read. It must then never be overwritten. */
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

    /**
     * Makes it.
     *
     * @param reason why, as one of a closed set
     * @param message what cannot be read and why, as a sentence
     */
    public UnreadableException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /**
     * Makes it with its cause.
     *
     * @param reason why, as one of a closed set
     * @param message what cannot be read and why, as a sentence
     * @param cause what caused it; never of a content that was secret
     */
    public UnreadableException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /**
     * A vault that opens, under another version than the server names it by.
     *
     * @param named the version that the server named
     * @param inside the version that is sealed
     * @return the exception, with {@link Reason#DAMAGED}
     */
    public static UnreadableException otherVersion(long named, long inside) {
        return new UnreadableException(
                Reason.DAMAGED, "the server names version " + named + " of the vault and gives version " + inside);
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
