package dev.pychat.wire;

import dev.pychat.model.Bytes;

/**
 * Answers {@link PasswordSalt}. For a name that nobody has, a steady answer that belongs to nobody.
 *
 * <p>Immutable and thread-safe.
 *
 * @param re the {@code id} of the request that this answers
 * @param salt 32 bytes
 * @param kdf the cost
 */
public record PasswordSaltIs(long re, Bytes salt, KdfCost kdf) implements ServerFrame.Reply {

    static final Shape<PasswordSaltIs> SHAPE = Shape.of(PasswordSaltIs.class)
            .with(Fields.RE, PasswordSaltIs::re)
            .with(Fields.SALT, PasswordSaltIs::salt)
            .with(KdfCost.FIELD, PasswordSaltIs::kdf)
            .make(v -> new PasswordSaltIs(v.get(Fields.RE), v.get(Fields.SALT), v.get(KdfCost.FIELD)));

    @Override
    public <R> R accept(ServerFrame.Handler<R> handler) {
        return handler.passwordSaltIs(this);
    }
}
