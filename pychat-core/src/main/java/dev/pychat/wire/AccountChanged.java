package dev.pychat.wire;

/**
 * Pushed to the other connections of an account when its vault has a new version. A hint: it may stay away or come twice.
 *
 * <p>Immutable and thread-safe.
 *
 * @param version the version of the vault that there is at least
 */
public record AccountChanged(long version) implements ServerFrame {

    static final Shape<AccountChanged> SHAPE = Shape.of(AccountChanged.class)
            .with(Fields.VAULT_VERSION, AccountChanged::version)
            .make(v -> new AccountChanged(v.get(Fields.VAULT_VERSION)));

    @Override
    public <R> R accept(ServerFrame.Handler<R> handler) {
        return handler.accountChanged(this);
    }
}
