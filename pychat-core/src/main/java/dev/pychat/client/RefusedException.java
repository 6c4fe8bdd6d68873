package dev.pychat.client;

import dev.pychat.model.PychatException;

/** The server, or this device's own store, refused what was asked, and nothing of it happened. */
public final class RefusedException extends PychatException {

    private static final long serialVersionUID = 1L;

    /** Why, as a stable word. */
    private final String reason;

    RefusedException(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    RefusedException(String reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /**
     * Why, as a stable word.
     *
     * @return the protocol's error code in lower case, such as {@code blocked}, or {@code not_stored} if the device's own
     *     store refused; then that is the cause
     */
    public String reason() {
        return reason;
    }
}
