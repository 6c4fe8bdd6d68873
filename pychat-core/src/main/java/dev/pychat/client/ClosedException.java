package dev.pychat.client;

import dev.pychat.model.PychatException;

/** The client was closed; nothing more can be asked of it. */
public final class ClosedException extends PychatException {

    private static final long serialVersionUID = 1L;

    ClosedException(String message) {
        super(message);
    }
}
