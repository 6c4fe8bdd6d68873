package dev.pychat.wire;

import java.time.Instant;

/**
 * Answers {@link Ping}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param re the {@code id} of the request that this answers
 * @param time the server's time
 */
public record Pong(long re, Instant time) implements ServerFrame.Reply {

    static final Shape<Pong> SHAPE = Shape.of(Pong.class)
            .with(Fields.RE, Pong::re)
            .with(Fields.TIME, Pong::time)
            .make(v -> new Pong(v.get(Fields.RE), v.get(Fields.TIME)));

    @Override
    public <R> R accept(ServerFrame.Handler<R> handler) {
        return handler.pong(this);
    }
}
