package dev.pychat.wire;

import dev.pychat.model.Bytes;

/**
 * Replaces the sealed vault of the own account. Answered by {@link Ok}, also when the same bytes are there already under this
 * version, {@link ErrorCode#VAULT_CONFLICT} or {@link ErrorCode#BAD_CREDENTIALS}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param secret the login secret derived from the passphrase: a resume token does not do
 * @param previous the version that it replaces, 0 for none
 * @param version its version, which is greater
 * @param vault the body: the sealed vault, 1 to 983,040 bytes
 */
public record VaultPut(long id, Credential secret, long previous, long version, Bytes vault)
        implements ClientFrame.Request {

    static final Shape<VaultPut> SHAPE = Shape.of(VaultPut.class)
            .with(Fields.ID, VaultPut::id)
            .with(Fields.SECRET, VaultPut::secret)
            .with(Fields.PREVIOUS, VaultPut::previous)
            .with(Fields.VAULT_VERSION, VaultPut::version)
            .body(VaultPut::vault)
            .make(v -> new VaultPut(
                    v.get(Fields.ID),
                    v.get(Fields.SECRET),
                    v.get(Fields.PREVIOUS),
                    v.get(Fields.VAULT_VERSION),
                    v.body()));

    /**
     * Checks the size of the body.
     *
     * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
     * @param secret the login secret derived from the passphrase: a resume token does not do
     * @param previous the version that it replaces, 0 for none
     * @param version its version, which is greater
     * @param vault the body: the sealed vault, 1 to 983,040 bytes
     * @throws IllegalArgumentException if it is empty or too large
     */
    public VaultPut {
        Sizes.require("a vault", vault, WireLimits.MAX_VAULT);
    }

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.vaultPut(this);
    }
}
