package dev.pychat.wire;

/**
 * Ends this connection's session and the tokens of its device. Answered by {@link Ok}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 */
public record LogOut(long id) implements ClientFrame.Request {

    static final Shape<LogOut> SHAPE =
            Shape.of(LogOut.class).with(Fields.ID, LogOut::id).make(v -> new LogOut(v.get(Fields.ID)));

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.logOut(this);
    }
}
