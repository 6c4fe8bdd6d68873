package dev.pychat.client;

import dev.pychat.model.PychatException;

/** There is no connection to the server: it could not be made, or it was lost while waiting for the answer. */
public final class ServerUnreachableException extends PychatException {

    private static final long serialVersionUID = 1L;

    ServerUnreachableException(String message) {
        super(message);
    }

    ServerUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
