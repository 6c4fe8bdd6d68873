package dev.pychat.client;

import dev.pychat.model.PychatException;

/** There is no conversation with this user: it is the user who asks, or nothing was said yet. */
public final class NoConversationException extends PychatException {

    private static final long serialVersionUID = 1L;

    NoConversationException(String message) {
        super(message);
    }
}
