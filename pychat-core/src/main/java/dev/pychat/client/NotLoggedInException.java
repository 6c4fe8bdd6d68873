package dev.pychat.client;

import dev.pychat.model.PychatException;

/** What was asked needs an account: sign up or log in first. */
public final class NotLoggedInException extends PychatException {

    private static final long serialVersionUID = 1L;

    NotLoggedInException(String message) {
        super(message);
    }
}
