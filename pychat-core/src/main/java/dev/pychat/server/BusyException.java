package dev.pychat.server;

import dev.pychat.model.PychatException;
import java.time.Duration;

/** There is more to do than is allowed to wait; nothing happened. */
final class BusyException extends PychatException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    BusyException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /** When asking again makes sense. */
    Duration retryAfter() {
        return retryAfter;
    }
}
