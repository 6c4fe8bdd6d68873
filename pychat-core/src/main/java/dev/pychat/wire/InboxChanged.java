package dev.pychat.wire;

/**
 * Pushed when a conversation that this connection does not follow has changed, or when another device of the account has
 * moved its read marker. Several changes may come as one. The entry's fields stand in the header itself.
 *
 * <p>Immutable and thread-safe.
 *
 * @param entry the conversation's state now
 */
public record InboxChanged(InboxEntry entry) implements ServerFrame {

    static final Shape<InboxChanged> SHAPE = Shape.of(InboxChanged.class)
            .with(Fields.WITH, frame -> frame.entry.with())
            .with(Fields.HEAD, frame -> frame.entry.head())
            .with(Fields.UNREAD, frame -> frame.entry.unread())
            .with(Fields.READ, frame -> frame.entry.read())
            .with(Fields.TIME, frame -> frame.entry.time())
            .make(v -> new InboxChanged(InboxEntry.of(v)));

    @Override
    public <R> R accept(ServerFrame.Handler<R> handler) {
        return handler.inboxChanged(this);
    }
}
