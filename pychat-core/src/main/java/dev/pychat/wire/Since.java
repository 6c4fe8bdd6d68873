package dev.pychat.wire;

import dev.pychat.model.Position;
import dev.pychat.model.Username;

/**
 * Asks for the messages that begin after a position. Answered by {@link Message} with {@code re}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param with the other side of the conversation
 * @param after only messages after this position
 * @param limit the most messages, 1 to 250; the server gives at most its {@code page}
 */
public record Since(long id, Username with, Position after, int limit) implements ClientFrame.Request {

    static final Shape<Since> SHAPE = Shape.of(Since.class)
            .with(Fields.ID, Since::id)
            .with(Fields.WITH, Since::with)
            .with(Fields.AFTER, Since::after)
            .with(Fields.LIMIT, Since::limit)
            .make(v -> new Since(v.get(Fields.ID), v.get(Fields.WITH), v.get(Fields.AFTER), v.get(Fields.LIMIT)));

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.since(this);
    }
}
