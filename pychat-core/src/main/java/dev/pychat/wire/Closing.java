package dev.pychat.wire;

/**
 * Says that the server is about to close this connection in an orderly way. What was asked before is still answered
 * where that is possible.
 *
 * <p>Immutable and thread-safe.
 *
 * @param code why
 * @param text a sentence for a person, at most 1,024 characters
 */
public record Closing(ErrorCode code, String text) implements ServerFrame {

    static final Shape<Closing> SHAPE = Shape.of(Closing.class)
            .with(Fields.CODE, Closing::code)
            .with(Fields.TEXT, Closing::text)
            .make(v -> new Closing(v.get(Fields.CODE), v.get(Fields.TEXT)));

    @Override
    public <R> R accept(ServerFrame.Handler<R> handler) {
        return handler.closing(this);
    }
}
