package dev.pychat.client;

import dev.pychat.envelope.Seen;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.transport.internal.SerialQueue;
import dev.pychat.wire.MarkRead;
import dev.pychat.wire.Ok;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the two sides have read: this account, which tells the server, and the peer, by their own word. Confined to the chat's
 * queue, but for {@link #seenByPeer}.
 */
final class ReadMarker {

    private static final Logger LOG = LoggerFactory.getLogger(ReadMarker.class);

    private final Username peer;
    private final Unread unread;
    private final ChatHistory history;
    private final HistoryPages pages;
    private final Listeners listeners;
    private final SerialQueue queue;
    private final Promises promises;
    private boolean counted;

    ReadMarker(
            Username peer,
            Unread unread,
            ChatHistory history,
            HistoryPages pages,
            Listeners listeners,
            SerialQueue queue,
            Promises promises) {
        this.peer = peer;
        this.unread = unread;
        this.history = history;
        this.pages = pages;
        this.listeners = listeners;
        this.queue = queue;
        this.promises = promises;
    }

    /** Counts once in the store what is unread there, when the server has told the marker. */
    void count() {
        if (counted) {
            return;
        }
        try {
            unread.counted(pages.unread(unread.read(), history.last()), history.last());
            counted = true;
        } catch (StoreException e) {
            listeners.notice("unread messages of " + peer + " could not be counted: " + e.getMessage());
        }
    }

    /** Tells the server up to where everything is read. */
    void tell(Link here, Position upTo) {
        queue.then(
                here.ask(Ok.class, id -> new MarkRead(id, peer, upTo)),
                ok -> {},
                failure -> LOG.debug("the read marker of {} was not moved", peer, failure));
    }

    /** Completes on the chat's queue. Any thread may call this. */
    CompletableFuture<Seen> seenByPeer() {
        CompletableFuture<Seen> seen = promises.make();
        queue.execute(() -> seen.complete(history.seenByPeer()));
        return seen;
    }
}
