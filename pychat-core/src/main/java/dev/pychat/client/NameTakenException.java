package dev.pychat.client;

import dev.pychat.model.PychatException;

/** Somebody else has signed up under this user name. */
public final class NameTakenException extends PychatException {

    private static final long serialVersionUID = 1L;

    NameTakenException(String message) {
        super(message);
    }
}
