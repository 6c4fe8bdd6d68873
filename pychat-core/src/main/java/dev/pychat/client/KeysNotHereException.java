package dev.pychat.client;

import dev.pychat.model.PychatException;

/** The account exists, and this device does not hold its private keys. No new identity is ever made in their place. */
public final class KeysNotHereException extends PychatException {

    private static final long serialVersionUID = 1L;

    KeysNotHereException(String message) {
        super(message);
    }
}
