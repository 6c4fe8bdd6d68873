package dev.pychat.wire;

import dev.pychat.model.Username;

/**
 * Ends this connection's delivery of a conversation. Answered by {@link Ok}; pushes that were under way may still
 * arrive before it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param with the other side of the conversation
 */
public record Unfollow(long id, Username with) implements ClientFrame.Request {

    static final Shape<Unfollow> SHAPE = Shape.of(Unfollow.class)
            .with(Fields.ID, Unfollow::id)
            .with(Fields.WITH, Unfollow::with)
            .make(v -> new Unfollow(v.get(Fields.ID), v.get(Fields.WITH)));

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.unfollow(this);
    }
}
