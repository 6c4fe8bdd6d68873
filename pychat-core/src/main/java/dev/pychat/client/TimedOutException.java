package dev.pychat.client;

import dev.pychat.model.PychatException;

/** The server did not answer in time. What was asked may or may not have happened. */
public final class TimedOutException extends PychatException {

    private static final long serialVersionUID = 1L;

    TimedOutException(String message) {
        super(message);
    }
}
