package dev.pychat.wire;

import dev.pychat.model.Username;

/**
 * Asks for somebody's key bundle. Answered by {@link Bundle}, {@link ErrorCode#UNKNOWN_USER} or {@link
 * ErrorCode#NO_BUNDLE}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param user whose
 */
public record GetBundle(long id, Username user) implements ClientFrame.Request {

    static final Shape<GetBundle> SHAPE = Shape.of(GetBundle.class)
            .with(Fields.ID, GetBundle::id)
            .with(Fields.USER, GetBundle::user)
            .make(v -> new GetBundle(v.get(Fields.ID), v.get(Fields.USER)));

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.getBundle(this);
    }
}
