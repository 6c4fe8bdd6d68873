package dev.pychat.crypto.secret;

import dev.pychat.model.PychatException;

/** Something sealed does not open. */
public final class UnsealException extends PychatException {

    /** What is known about the reason. */
    public enum Reason {
        /** The key, or the place that it was sealed for, is another one; or the first bytes are damaged. */
        WRONG_KEY,
        /** The key is right and the content has been altered, or the whole is cut short. */
        DAMAGED
    }

    private static final long serialVersionUID = 1L;

    /** Why, as one of a closed set. */
    private final Reason reason;

    /**
     * Makes one.
     *
     * @param reason what is known about the reason
     */
    public UnsealException(Reason reason) {
        super(reason == Reason.WRONG_KEY ? "sealed under another key" : "altered or cut short since it was sealed");
        this.reason = reason;
    }

    /**
     * What is known about the reason.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
