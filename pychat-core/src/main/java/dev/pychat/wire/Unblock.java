package dev.pychat.wire;

import dev.pychat.model.Username;

/**
 * Takes messages from somebody again. Answered by {@link Ok}, also where nobody of that name was blocked.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param user who may send again
 */
public record Unblock(long id, Username user) implements ClientFrame.Request {

    static final Shape<Unblock> SHAPE = Shape.of(Unblock.class)
            .with(Fields.ID, Unblock::id)
            .with(Fields.USER, Unblock::user)
            .make(v -> new Unblock(v.get(Fields.ID), v.get(Fields.USER)));

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.unblock(this);
    }
}
