package dev.pychat.wire;

/**
 * Lists whom the account has blocked. Answered by {@link UserList}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param after only names behind this one in ASCII order; absent: from the first
 * @param limit the most names, 1 to 250; the server may give fewer
 */
public record Blocks(long id, String after, int limit) implements ClientFrame.Request {

    static final Shape<Blocks> SHAPE = Shape.of(Blocks.class)
            .with(Fields.ID, Blocks::id)
            .orElse(Fields.AFTER_NAME, "", Blocks::after)
            .with(Fields.LIMIT, Blocks::limit)
            .make(v -> new Blocks(v.get(Fields.ID), v.get(Fields.AFTER_NAME), v.get(Fields.LIMIT)));

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.blocks(this);
    }
}
