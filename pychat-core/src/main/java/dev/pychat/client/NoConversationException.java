package dev.pychat.client;

import dev.pychat.model.PychatException;

/** There can't be a conversation with this user: it is the user who asks. */
public final class NoConversationException extends PychatException {

    private static final long serialVersionUID = 1L;

    NoConversationException(String message) {
        super(message);
    }
}
