package dev.pychat.wire;

import dev.pychat.model.Bytes;

/**
 * Answers {@link VaultGet}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param re the {@code id} of the request that this answers
 * @param version the version of the vault; 0 where there is none
 * @param vault the body: the sealed vault as it was put, at most 983,040 bytes; empty where there is none
 */
public record VaultIs(long re, long version, Bytes vault) implements ServerFrame.Reply {

    static final Shape<VaultIs> SHAPE = Shape.of(VaultIs.class)
            .with(Fields.RE, VaultIs::re)
            .with(Fields.VAULT_VERSION, VaultIs::version)
            .body(VaultIs::vault)
            .make(v -> new VaultIs(v.get(Fields.RE), v.get(Fields.VAULT_VERSION), v.body()));

    /**
     * Checks the size of the body.
     *
     * @param re the {@code id} of the request that this answers
     * @param version the version of the vault; 0 where there is none
     * @param vault the body: the sealed vault as it was put, at most 983,040 bytes; empty where there is none
     * @throws IllegalArgumentException if it is too large, or there is one without version or a version without one
     */
    public VaultIs {
        if (vault.size() > WireLimits.MAX_VAULT || vault.isEmpty() != (version == 0)) {
            throw new IllegalArgumentException("a vault of " + vault.size() + " bytes with version " + version
                    + ", allowed are 1 to " + WireLimits.MAX_VAULT + " bytes, or none with version 0");
        }
    }

    @Override
    public <R> R accept(ServerFrame.Handler<R> handler) {
        return handler.vaultIs(this);
    }
}
