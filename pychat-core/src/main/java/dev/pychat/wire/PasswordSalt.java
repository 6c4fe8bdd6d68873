package dev.pychat.wire;

import dev.pychat.model.Username;

/**
 * Asks with which salt and cost the passphrase of an account is hashed. Answered by {@link PasswordSaltIs}, also for
 * a name that nobody has.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param user the account
 */
public record PasswordSalt(long id, Username user) implements ClientFrame.Request {

    static final Shape<PasswordSalt> SHAPE = Shape.of(PasswordSalt.class)
            .with(Fields.ID, PasswordSalt::id)
            .with(Fields.USER, PasswordSalt::user)
            .make(v -> new PasswordSalt(v.get(Fields.ID), v.get(Fields.USER)));

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.passwordSalt(this);
    }
}
