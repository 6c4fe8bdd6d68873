package dev.pychat.client;

import dev.pychat.model.PychatException;

/** The safety number that was compared is not that of the conversation as it is now. Nothing was marked. */
public final class SafetyNumberDiffersException extends PychatException {

    private static final long serialVersionUID = 1L;

    SafetyNumberDiffersException(String message) {
        super(message);
    }
}
