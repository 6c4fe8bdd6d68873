package dev.pychat.client;

import dev.pychat.envelope.Seen;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.transport.internal.SerialQueue;
import dev.pychat.wire.MarkRead;
import dev.pychat.wire.Ok;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the two sides have read: this account, which tells the server and the peer, and the peer, by their own word. Confined to the
 * chat's queue, but for {@link #seenByPeer} and {@link #seen}.
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
    private final ReceiptSending receipts;
    private volatile Seen seen = Seen.NOTHING;
    private @Nullable Link link;
    private boolean counted;

    ReadMarker(
            Account account,
            ClientOptions options,
            Username peer,
            Unread unread,
            ChatHistory history,
            HistoryPages pages,
            Listeners listeners,
            SerialQueue queue,
            Promises promises,
            Rewraps.Sender sender) {
        this.receipts = new ReceiptSending(account, options, peer, history, unread, queue, sender);
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

    void online(Link next) {
        link = next;
        receipts.online(next);
    }

    void offline() {
        link = null;
        receipts.offline();
    }

    /** Messages were taken, for the first time. */
    void taken(List<StoredMessage> messages) {
        heard();
        receipts.taken(messages);
    }

    /** The peer may have said more than before. */
    void heard() {
        Seen now = history.seen(peer);
        if (!now.equals(seen)) {
            seen = now;
            listeners.seen(peer, now);
        }
    }

    /** What the peer has said until this device was started is no news. */
    void loaded() {
        seen = history.seen(peer);
    }

    /** Up to there everything is read. */
    void moved(Position upTo) {
        if (link != null) {
            tell(link, upTo);
        }
        receipts.look();
    }

    /** The server has told how far this account has read, by another device perhaps; it may not know yet what this one has. */
    void told(Link here, Position there) {
        Position read = unread.read();
        if (read.isAfter(there)) {
            tell(here, read);
        }
        receipts.look();
    }

    ReceiptSending receipts() {
        return receipts;
    }

    private void tell(Link here, Position upTo) {
        queue.then(
                here.ask(Ok.class, id -> new MarkRead(id, peer, upTo)),
                ok -> {},
                failure -> LOG.debug("the read marker of {} was not moved", peer, failure));
    }

    /** Completes on the chat's queue. Any thread may call this. */
    CompletableFuture<Seen> seenByPeer() {
        CompletableFuture<Seen> answer = promises.make();
        queue.execute(() -> answer.complete(history.seen(peer)));
        return answer;
    }

    /** The same as far as listeners were told of it. Any thread may call this. */
    Seen seen() {
        return seen;
    }
}
