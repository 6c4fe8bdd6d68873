package dev.pychat.wire;

import java.util.List;

/**
 * Answers {@link Inbox}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param re the {@code id} of the request that this answers
 * @param entries in ASCII order of the peers, at most 64
 * @param more whether there are peers behind the last one; absent: no
 */
public record InboxPage(long re, List<InboxEntry> entries, boolean more) implements ServerFrame.Reply {

    private static final Field<List<InboxEntry>> ENTRIES =
            new Field<>("entries", new ShapesKind<>(InboxEntry.SHAPE, 0, WireLimits.MAX_INBOX));

    static final Shape<InboxPage> SHAPE = Shape.of(InboxPage.class)
            .with(Fields.RE, InboxPage::re)
            .with(ENTRIES, InboxPage::entries)
            .orElse(Fields.MORE, false, InboxPage::more)
            .make(v -> new InboxPage(v.get(Fields.RE), v.get(ENTRIES), v.get(Fields.MORE)));

    /**
     * Copies the list.
     *
     * @param re the {@code id} of the request that this answers
     * @param entries in ASCII order of the peers, at most 64
     * @param more whether there are peers behind the last one; absent: no
     */
    public InboxPage {
        entries = List.copyOf(entries);
    }

    @Override
    public <R> R accept(ServerFrame.Handler<R> handler) {
        return handler.inboxPage(this);
    }
}
