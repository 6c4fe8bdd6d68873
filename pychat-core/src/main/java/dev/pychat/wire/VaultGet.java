package dev.pychat.wire;

/**
 * Asks for the sealed vault of the own account. Answered by {@link VaultIs}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 */
public record VaultGet(long id) implements ClientFrame.Request {

    static final Shape<VaultGet> SHAPE =
            Shape.of(VaultGet.class).with(Fields.ID, VaultGet::id).make(v -> new VaultGet(v.get(Fields.ID)));

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.vaultGet(this);
    }
}
