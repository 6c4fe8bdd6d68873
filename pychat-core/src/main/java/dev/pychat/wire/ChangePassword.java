package dev.pychat.wire;

import dev.pychat.model.Bytes;

/**
 * Changes the passphrase of the own account and its vault in one step, and ends the tokens and sessions of all its other
 * connections. Answered by {@link Session} with a new token for this device, {@link ErrorCode#VAULT_CONFLICT} or {@link
 * ErrorCode#BAD_CREDENTIALS}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param secret the login secret derived from the passphrase: a resume token does not do
 * @param salt the new salt for Argon2id, 32 random bytes
 * @param kdf the new cost of Argon2id, at least the floor told in {@link Welcome}
 * @param next the login secret derived from the new passphrase
 * @param previous the version that it replaces, 0 for none
 * @param version its version, which is greater
 * @param vault the body: the vault, sealed under the new vault key, 1 to 983,040 bytes
 */
public record ChangePassword(
        long id, Credential secret, Bytes salt, KdfCost kdf, Credential next, long previous, long version, Bytes vault)
        implements ClientFrame.Request {

    static final Shape<ChangePassword> SHAPE = Shape.of(ChangePassword.class)
            .with(Fields.ID, ChangePassword::id)
            .with(Fields.SECRET, ChangePassword::secret)
            .with(Fields.SALT, ChangePassword::salt)
            .with(KdfCost.FIELD, ChangePassword::kdf)
            .with(Fields.NEXT, ChangePassword::next)
            .with(Fields.PREVIOUS, ChangePassword::previous)
            .with(Fields.VAULT_VERSION, ChangePassword::version)
            .body(ChangePassword::vault)
            .make(v -> new ChangePassword(
                    v.get(Fields.ID),
                    v.get(Fields.SECRET),
                    v.get(Fields.SALT),
                    v.get(KdfCost.FIELD),
                    v.get(Fields.NEXT),
                    v.get(Fields.PREVIOUS),
                    v.get(Fields.VAULT_VERSION),
                    v.body()));

    /**
     * Checks the size of the body.
     *
     * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
     * @param secret the login secret derived from the passphrase: a resume token does not do
     * @param salt the new salt for Argon2id, 32 random bytes
     * @param kdf the new cost of Argon2id, at least the floor told in {@link Welcome}
     * @param next the login secret derived from the new passphrase
     * @param previous the version that it replaces, 0 for none
     * @param version its version, which is greater
     * @param vault the body: the vault, sealed under the new vault key, 1 to 983,040 bytes
     * @throws IllegalArgumentException if it is empty or too large
     */
    public ChangePassword {
        Sizes.require("a vault", vault, WireLimits.MAX_VAULT);
    }

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.changePassword(this);
    }
}
