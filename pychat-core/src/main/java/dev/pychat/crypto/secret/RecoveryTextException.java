package dev.pychat.crypto.secret;

import dev.pychat.model.PychatException;

/** What was typed is no recovery secret. The message says how, and nothing of what was typed. */
public final class RecoveryTextException extends PychatException {

    private static final long serialVersionUID = 1L;

    RecoveryTextException(String message) {
        super(message);
    }
}
