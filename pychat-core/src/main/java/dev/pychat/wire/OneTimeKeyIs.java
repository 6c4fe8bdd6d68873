package dev.pychat.wire;

import dev.pychat.model.Bytes;

/**
 * Answers {@link TakeOneTimeKey}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param re the {@code id} of the request that this answers
 * @param key the body: the key as its device put it, at most 4,096 bytes; empty if the pool is dry
 */
public record OneTimeKeyIs(long re, Bytes key) implements ServerFrame.Reply {

    static final Shape<OneTimeKeyIs> SHAPE = Shape.of(OneTimeKeyIs.class)
            .with(Fields.RE, OneTimeKeyIs::re)
            .body(OneTimeKeyIs::key)
            .make(v -> new OneTimeKeyIs(v.get(Fields.RE), v.body()));

    /**
     * Checks the size of the body.
     *
     * @param re the {@code id} of the request that this answers
     * @param key the body: the key as its device put it, at most 4,096 bytes; empty if the pool is dry
     * @throws IllegalArgumentException if it is too large
     */
    public OneTimeKeyIs {
        if (!key.isEmpty()) {
            Sizes.require("a one-time key", key, WireLimits.MAX_ONE_TIME_KEY);
        }
    }

    @Override
    public <R> R accept(ServerFrame.Handler<R> handler) {
        return handler.oneTimeKeyIs(this);
    }
}
