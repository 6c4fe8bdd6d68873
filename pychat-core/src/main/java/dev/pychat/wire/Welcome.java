package dev.pychat.wire;

import dev.pychat.model.Realm;
import java.time.Instant;

/**
 * Answers {@link Hello}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param re the {@code id} of the request that this answers
 * @param version the version spoken from now on
 * @param realm the server's name, pinned by clients at sign-up
 * @param agent program and version of the server; at most 128 characters
 * @param time the server's time
 * @param limits what the server keeps to
 * @param listing whether {@link Users} is answered
 * @param kdf the lowest cost of Argon2id that sign-up is taken with
 */
public record Welcome(
        long re, int version, Realm realm, String agent, Instant time, WireLimits limits, boolean listing, KdfCost kdf)
        implements ServerFrame.Reply {

    private static final Field<WireLimits> LIMITS = new Field<>("limits", WireLimits.SHAPE);

    static final Shape<Welcome> SHAPE = Shape.of(Welcome.class)
            .with(Fields.RE, Welcome::re)
            .with(Fields.VERSION, Welcome::version)
            .with(Fields.REALM, Welcome::realm)
            .with(Fields.AGENT, Welcome::agent)
            .with(Fields.TIME, Welcome::time)
            .with(LIMITS, Welcome::limits)
            .with(Fields.LISTING, Welcome::listing)
            .with(KdfCost.FIELD, Welcome::kdf)
            .make(v -> new Welcome(
                    v.get(Fields.RE),
                    v.get(Fields.VERSION),
                    v.get(Fields.REALM),
                    v.get(Fields.AGENT),
                    v.get(Fields.TIME),
                    v.get(LIMITS),
                    v.get(Fields.LISTING),
                    v.get(KdfCost.FIELD)));

    @Override
    public <R> R accept(ServerFrame.Handler<R> handler) {
        return handler.welcome(this);
    }
}
