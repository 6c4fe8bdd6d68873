package dev.pychat.wire;

import dev.pychat.model.Position;
import dev.pychat.model.Username;

/**
 * Says up to which position pushes have been taken in, which gives credit back. Not answered. Cumulative: a lower
 * position than before changes nothing.
 *
 * <p>Immutable and thread-safe.
 *
 * @param with the other side of the conversation
 * @param upTo the highest position taken in
 */
public record Ack(Username with, Position upTo) implements ClientFrame {

    static final Shape<Ack> SHAPE = Shape.of(Ack.class)
            .with(Fields.WITH, Ack::with)
            .with(Fields.UP_TO, Ack::upTo)
            .make(v -> new Ack(v.get(Fields.WITH), v.get(Fields.UP_TO)));

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.ack(this);
    }
}
