package dev.pychat.wire;

/**
 * Answers {@link PutOneTimeKeys}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param re the {@code id} of the request that this answers
 * @param left how many one-time keys of this device are in its pool now, 0 to 200
 */
public record OneTimeKeysLeft(long re, int left) implements ServerFrame.Reply {

    static final Shape<OneTimeKeysLeft> SHAPE = Shape.of(OneTimeKeysLeft.class)
            .with(Fields.RE, OneTimeKeysLeft::re)
            .with(Fields.LEFT, OneTimeKeysLeft::left)
            .make(v -> new OneTimeKeysLeft(v.get(Fields.RE), v.get(Fields.LEFT)));

    @Override
    public <R> R accept(ServerFrame.Handler<R> handler) {
        return handler.oneTimeKeysLeft(this);
    }
}
