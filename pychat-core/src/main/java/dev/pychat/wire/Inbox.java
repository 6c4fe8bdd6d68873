package dev.pychat.wire;

/**
 * Asks for the conversations of the account. Answered by {@link InboxPage}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id what the reply's {@code re} will be: 1 to 2^53 - 1, not in use by an unanswered request
 * @param after only peers behind this name in ASCII order; absent: from the first
 * @param limit the most conversations, 1 to 250; the server gives at most 64
 */
public record Inbox(long id, String after, int limit) implements ClientFrame.Request {

    static final Shape<Inbox> SHAPE = Shape.of(Inbox.class)
            .with(Fields.ID, Inbox::id)
            .orElse(Fields.AFTER_NAME, "", Inbox::after)
            .with(Fields.LIMIT, Inbox::limit)
            .make(v -> new Inbox(v.get(Fields.ID), v.get(Fields.AFTER_NAME), v.get(Fields.LIMIT)));

    @Override
    public <R> R accept(ClientFrame.Handler<R> handler) {
        return handler.inbox(this);
    }
}
