package dev.pychat.client;

import dev.pychat.model.PychatException;

/** There is no account with this user name and this passphrase. Which of the two is wrong is not told. */
public final class BadCredentialsException extends PychatException {

    private static final long serialVersionUID = 1L;

    BadCredentialsException(String message) {
        super(message);
    }
}
