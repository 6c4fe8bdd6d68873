package dev.pychat.client;

import dev.pychat.model.PychatException;

/** The passphrase can't be used; the message says why and what is allowed. */
public final class UnacceptablePassphraseException extends PychatException {

    private static final long serialVersionUID = 1L;

    UnacceptablePassphraseException(String message) {
        super(message);
    }
}
