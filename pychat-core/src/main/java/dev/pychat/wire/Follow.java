package dev.pychat.wire;

import dev.pychat.model.Position;
import dev.pychat.model.Username;

/**
 * Starts this connection's delivery of a conversation, or moves it: pushes begin at the position after {@code after}.
 * Answered by {@link Ok} with {@code head}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param with the other side of the conversation
 * @param after the highest position that the client holds
 */
public record Follow(long id, Username with, Position after) implements ClientFrame.Request {

    static final Shape<Follow> SHAPE = Shape.of(Follow.class)
            .with(Fields.ID, Follow::id)
            .with(Fields.WITH, Follow::with)
            .with(Fields.AFTER, Follow::after)
            .make(v -> new Follow(v.get(Fields.ID), v.get(Fields.WITH), v.get(Fields.AFTER)));

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.follow(this);
    }
}
