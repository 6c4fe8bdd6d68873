package dev.pychat.wire;

/**
 * Removes the own account with its vault, keys, tokens and read markers; conversations stay with the other parties. Answered by
 * {@link Ok} or {@link ErrorCode#BAD_CREDENTIALS}; then the session of every connection of the account ends.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param secret the login secret derived from the passphrase: a resume token does not do
 */
public record DeleteAccount(long id, Credential secret) implements ClientFrame.Request {

    static final Shape<DeleteAccount> SHAPE = Shape.of(DeleteAccount.class)
            .with(Fields.ID, DeleteAccount::id)
            .with(Fields.SECRET, DeleteAccount::secret)
            .make(v -> new DeleteAccount(v.get(Fields.ID), v.get(Fields.SECRET)));

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.deleteAccount(this);
    }
}
