package dev.pychat.client;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.envelope.FindingCode;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptStore;
import dev.pychat.transport.internal.SerialQueue;
import dev.pychat.wire.Message;
import dev.pychat.wire.Since;
import dev.pychat.wire.WireLimits;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Tries again to open what could not be opened for want of an accepted identity or of a key, after these have changed. The
 * envelopes come from the server once more, since a device keeps what it has opened and of the rest only the hash. Confined to
 * the chat's queue.
 */
final class HistoryReopening {

    private static final Set<FindingCode> MAY_OPEN = EnumSet.of(
            FindingCode.UNPINNED_IDENTITY, FindingCode.MOVED, FindingCode.UNKNOWN_EPOCH, FindingCode.UNKNOWN_KEY);

    /** An entry that may open. */
    record Closed(TranscriptEntry entry, HistoryRecord record) {

        /** Whether the server gives the message that it gave before. */
        boolean isOf(StoredMessage message) {
            return entry.id().equals(message.id())
                    && record.sender().equals(message.sender())
                    && entry.envelopeHash().equals(Sha256.of(message.envelope().value()));
        }
    }

    private final Account account;
    private final Username peer;
    private final ChatHistory history;
    private final Listeners listeners;
    private final SerialQueue queue;

    HistoryReopening(Account account, Username peer, ChatHistory history, Listeners listeners, SerialQueue queue) {
        this.account = account;
        this.peer = peer;
        this.history = history;
        this.listeners = listeners;
        this.queue = queue;
    }

    /** Completes on the queue when everything was tried; exceptionally if the server or the store stood in the way. */
    CompletableFuture<Void> run(Link link) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            history.epochs().reconsider();
            next(link, closed(), done);
        } catch (StoreException e) {
            done.completeExceptionally(e);
        }
        return done;
    }

    private NavigableMap<Position, Closed> closed() throws StoreException {
        NavigableMap<Position, Closed> closed = new TreeMap<>();
        Position end = history.last().next();
        while (end.isMessage()) {
            List<TranscriptEntry> page = account.transcripts().page(peer, end, TranscriptStore.MAX_PAGE);
            for (TranscriptEntry entry : page) {
                HistoryRecord record = account.records().history(peer, entry.position(), entry.sealed());
                if (entry.n() < 0 && MAY_OPEN.stream().anyMatch(record::has)) {
                    closed.put(entry.position(), new Closed(entry, record));
                }
            }
            end = page.isEmpty() ? Position.NONE : page.get(0).position();
        }
        return closed;
    }

    private void next(Link link, NavigableMap<Position, Closed> left, CompletableFuture<Void> done) {
        if (left.isEmpty()) {
            done.complete(null);
            return;
        }
        Position before = left.firstKey().plus(-1);
        queue.then(
                link.ask(Message.class, id -> new Since(id, peer, before, WireLimits.MAX_PAGE)),
                frame -> {
                    Map<EpochName, Bytes> headers = new HashMap<>();
                    frame.headers().forEach(header -> headers.put(header.name(), header.header()));
                    Map<StoredMessage, Closed> again = again(frame, left);
                    queue.then(
                            history.fetchHeaders(link, again.keySet(), headers)
                                    .thenComposeAsync(fetched -> history.unwrap(again.keySet(), headers), queue),
                            unwrapped -> take(link, again, headers, left, done),
                            done::completeExceptionally);
                },
                done::completeExceptionally);
    }

    /** The messages that are tried now. They, and those that the server does not give any more, are taken off the list. */
    private Map<StoredMessage, Closed> again(Message frame, NavigableMap<Position, Closed> left) {
        List<StoredMessage> given = history.messages(frame);
        Position last =
                given.isEmpty() ? left.firstKey() : given.get(given.size() - 1).position();
        // What lies before the position asked for is no answer.
        last = left.firstKey().isAfter(last) ? left.firstKey() : last;
        NavigableMap<Position, Closed> asked = left.headMap(last, true);
        Map<StoredMessage, Closed> again = new LinkedHashMap<>();
        for (StoredMessage message : given) {
            Closed closed = asked.get(message.position());
            if (closed != null && closed.isOf(message)) {
                again.put(message, closed);
            }
        }
        if (again.size() < asked.size()) {
            listeners.notice("the server gives other messages of the history with " + peer
                    + " than it gave before; what this device holds of them is left as it is");
        }
        asked.clear();
        return again;
    }

    private void take(
            Link link,
            Map<StoredMessage, Closed> again,
            Map<EpochName, Bytes> headers,
            NavigableMap<Position, Closed> left,
            CompletableFuture<Void> done) {
        try {
            history.takeAgain(again, headers);
        } catch (StoreException e) {
            done.completeExceptionally(e);
            return;
        }
        next(link, left, done);
    }
}
