package dev.pychat.client;

import dev.pychat.model.PychatException;

/** The outbox holds as much as it may (10,000 messages or 64 MiB) that the server has not accepted yet. Nothing was sent. */
public final class OutboxFullException extends PychatException {

    private static final long serialVersionUID = 1L;

    OutboxFullException(String message) {
        super(message);
    }
}
