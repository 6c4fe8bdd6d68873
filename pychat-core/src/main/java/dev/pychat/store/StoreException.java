package dev.pychat.store;

import dev.pychat.model.PychatException;

/** A store could not do what was asked. Exactly one of the two subclasses says what that means. */
public abstract sealed class StoreException extends PychatException
        permits StoreRefusedException, OutcomeUnknownException {

    private static final long serialVersionUID = 1L;

    StoreException(String message) {
        super(message);
    }

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
