package dev.pychat.wire;

import dev.pychat.model.Position;
import dev.pychat.model.Username;

/**
 * Asks for the messages that end before a position. Answered by {@link Message} with {@code re}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param with the other side of the conversation
 * @param before only messages before this position, so none before {@link Position#NONE}; {@link #UP_TO_HEAD} (absent on the
 *     wire): up to the head
 * @param limit the most messages, 1 to 250; the server gives at most its {@code page}
 */
public record Page(long id, Username with, Position before, int limit) implements ClientFrame.Request {

    /** What {@code before} is where it is absent: beyond any position. */
    public static final Position UP_TO_HEAD = new Position(IntegerKind.LARGEST);

    static final Shape<Page> SHAPE = Shape.of(Page.class)
            .with(Fields.ID, Page::id)
            .with(Fields.WITH, Page::with)
            .orElse(Fields.BEFORE, UP_TO_HEAD, Page::before)
            .with(Fields.LIMIT, Page::limit)
            .make(v -> new Page(v.get(Fields.ID), v.get(Fields.WITH), v.get(Fields.BEFORE), v.get(Fields.LIMIT)));

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.page(this);
    }
}
