package dev.pychat.client;

import dev.pychat.model.PychatException;

/** Nobody has signed up under this user name. */
public final class UnknownUserException extends PychatException {

    private static final long serialVersionUID = 1L;

    UnknownUserException(String message) {
        super(message);
    }
}
