package dev.pychat.wire;

import dev.pychat.model.Position;

/**
 * Answers a request that asks for nothing else.
 *
 * <p>Immutable and thread-safe.
 *
 * @param re the {@code id} of the request that this answers
 * @param head after {@link Follow}: the highest position of the conversation; else absent and {@link Position#NONE}
 * @param read after {@link MarkRead}: where the marker is now; else absent and {@link Position#NONE}
 */
public record Ok(long re, Position head, Position read) implements ServerFrame.Reply {

    static final Shape<Ok> SHAPE = Shape.of(Ok.class)
            .with(Fields.RE, Ok::re)
            .orElse(Fields.HEAD, Position.NONE, Ok::head)
            .orElse(Fields.READ, Position.NONE, Ok::read)
            .make(v -> new Ok(v.get(Fields.RE), v.get(Fields.HEAD), v.get(Fields.READ)));

    @Override
    public <R> R accept(ServerFrame.Handler<R> handler) {
        return handler.ok(this);
    }
}
