package dev.pychat.wire;

import dev.pychat.model.Position;
import dev.pychat.model.Username;

/**
 * Moves the account's read marker of a conversation forward. Answered by {@link Ok} with {@code read}; a lower
 * position than the marker's changes nothing.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param with the other side of the conversation
 * @param upTo the highest position read
 */
public record MarkRead(long id, Username with, Position upTo) implements ClientFrame.Request {

    static final Shape<MarkRead> SHAPE = Shape.of(MarkRead.class)
            .with(Fields.ID, MarkRead::id)
            .with(Fields.WITH, MarkRead::with)
            .with(Fields.UP_TO, MarkRead::upTo)
            .make(v -> new MarkRead(v.get(Fields.ID), v.get(Fields.WITH), v.get(Fields.UP_TO)));

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.markRead(this);
    }
}
