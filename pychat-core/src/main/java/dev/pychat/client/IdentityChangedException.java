package dev.pychat.client;

import dev.pychat.model.PychatException;

/** The peer's keys belong to another identity than the one pinned for this name. Sending waits until a person accepts it. */
public final class IdentityChangedException extends PychatException {

    private static final long serialVersionUID = 1L;

    IdentityChangedException(String message) {
        super(message);
    }
}
