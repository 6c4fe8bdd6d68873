package dev.pychat.wire;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import java.time.Instant;

/**
 * Answers {@link GetBundle}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param re the {@code id} of the request that this answers
 * @param user whose
 * @param serial the bundle's serial
 * @param time the server's time now: when the bundle was fetched
 * @param bundle the body: the signed bundle as it was published
 */
public record Bundle(long re, Username user, long serial, Instant time, Bytes bundle) implements ServerFrame.Reply {

    static final Shape<Bundle> SHAPE = Shape.of(Bundle.class)
            .with(Fields.RE, Bundle::re)
            .with(Fields.USER, Bundle::user)
            .with(Fields.SERIAL, Bundle::serial)
            .with(Fields.TIME, Bundle::time)
            .body(Bundle::bundle)
            .make(v -> new Bundle(
                    v.get(Fields.RE), v.get(Fields.USER), v.get(Fields.SERIAL), v.get(Fields.TIME), v.body()));

    /**
     * Checks the size of the body.
     *
     * @param re the {@code id} of the request that this answers
     * @param user whose
     * @param serial the bundle's serial
     * @param time the server's time now: when the bundle was fetched
     * @param bundle the body: the signed bundle as it was published
     * @throws IllegalArgumentException if it is empty or too large
     */
    public Bundle {
        Sizes.require("a key bundle", bundle, WireLimits.MAX_BUNDLE);
    }

    @Override
    public <R> R accept(ServerFrame.Handler<R> handler) {
        return handler.bundle(this);
    }
}
