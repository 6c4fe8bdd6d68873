package dev.pychat.wire;

/**
 * Asks for a sign of life. Answered by {@link Pong}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 */
public record Ping(long id) implements ClientFrame.Request {

    static final Shape<Ping> SHAPE =
            Shape.of(Ping.class).with(Fields.ID, Ping::id).make(v -> new Ping(v.get(Fields.ID)));

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.ping(this);
    }
}
