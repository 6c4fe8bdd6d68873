package dev.pychat.client;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.envelope.Finding;
import dev.pychat.envelope.FindingCode;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEntry;
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
 * Tries again to open what could not be opened for want of an accepted identity or suite or of a key, after these have changed, and what
 * another server's answer or another program may open. The
 * envelopes come from the server once more, since a device keeps what it has opened and of the rest only the hash. Confined to
 * the chat's queue.
 */
final class HistoryReopening {

    private static final Set<FindingCode> MAY_OPEN = EnumSet.of(
            FindingCode.UNPINNED_IDENTITY,
            FindingCode.SUITE_BELOW_MINIMUM,
            FindingCode.MOVED,
            FindingCode.UNKNOWN_EPOCH,
            FindingCode.UNKNOWN_KEY);

    /** How far back is looked at what nothing has come for on this device. */
    private static final int RECENT = 1_024;

    /** The messages of a conversation that are to be tried again. */
    interface Choice {
        /** What is held of them. */
        NavigableMap<Position, Closed> closed() throws StoreException;

        /** This one was tried. */
        default void tried(StoredMessage message) {}

        /** The server does not give the one that was there. */
        default void missing(Position position) {}
    }

    /** An entry that may open. */
    record Closed(TranscriptEntry entry, HistoryRecord record) {

        /** Whether the server gives the message that it gave before. */
        boolean isOf(StoredMessage message) {
            return entry.id().equals(message.id())
                    && record.sender().equals(message.sender())
                    && entry.envelopeHash().equals(Sha256.of(message.envelope().value()));
        }
    }

    /** One pass over what is left of the messages chosen. */
    private record Pass(Link link, Choice choice, NavigableMap<Position, Closed> left, CompletableFuture<Void> done) {}

    private final Account account;
    private final Username peer;
    private final ChatHistory history;
    private final Listeners listeners;
    private final SerialQueue queue;
    private CompletableFuture<Void> latest = CompletableFuture.completedFuture(null);
    private boolean missing;
    private boolean anyClosed = true;

    HistoryReopening(Account account, Username peer, ChatHistory history, Listeners listeners, SerialQueue queue) {
        this.account = account;
        this.peer = peer;
        this.history = history;
        this.listeners = listeners;
        this.queue = queue;
    }

    /** Messages were taken with these findings. */
    void found(List<Finding> findings) {
        anyClosed |= findings.stream().map(Finding::code).anyMatch(MAY_OPEN::contains);
    }

    /**
     * Tries everything that another pin or key may open. Completes on the queue when that is done; exceptionally if the server or the
     * store stood in the way.
     */
    CompletableFuture<Void> run(Link link) {
        history.epochs().reconsider();
        return run(link, this::closed);
    }

    /** Tries what is closed for such a reason, of the last {@value #RECENT} messages. */
    CompletableFuture<Void> runRecent(Link link, Set<FindingCode> reasons) {
        return run(link, () -> withoutOld(closed(RECENT, reasons)));
    }

    /** The same of what is chosen. One such pass begins when the one before it has ended. */
    CompletableFuture<Void> run(Link link, Choice choice) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        CompletableFuture<Void> before = latest;
        latest = done;
        queue.then(before, nothing -> begin(link, choice, done), failure -> begin(link, choice, done));
        return done;
    }

    private void begin(Link link, Choice choice, CompletableFuture<Void> done) {
        try {
            next(new Pass(link, choice, choice.closed(), done));
        } catch (StoreException e) {
            done.completeExceptionally(e);
        }
    }

    /** Keys and pins come often, and mostly nothing waits for them. */
    private NavigableMap<Position, Closed> closed() throws StoreException {
        NavigableMap<Position, Closed> closed = anyClosed ? closed(Long.MAX_VALUE, MAY_OPEN) : new TreeMap<>();
        anyClosed = !closed.isEmpty();
        return withoutOld(closed);
    }

    private NavigableMap<Position, Closed> withoutOld(NavigableMap<Position, Closed> closed) {
        closed.values().removeIf(each -> account.oldness().isOld(each.record));
        return closed;
    }

    private NavigableMap<Position, Closed> closed(long most, Set<FindingCode> reasons) throws StoreException {
        NavigableMap<Position, Closed> closed = new TreeMap<>();
        HistoryWalk.closed(account, peer, history.last(), most, (entry, record) -> {
            if (reasons.stream().anyMatch(record::has)) {
                closed.put(entry.position(), new Closed(entry, record));
            }
            return true;
        });
        return closed;
    }

    private void next(Pass pass) {
        if (pass.left.isEmpty()) {
            pass.done.complete(null);
            return;
        }
        Position before = pass.left.firstKey().plus(-1);
        queue.then(
                pass.link.ask(Message.class, id -> new Since(id, peer, before, WireLimits.MAX_PAGE)),
                frame -> {
                    Map<EpochName, Bytes> headers = new HashMap<>();
                    frame.headers().forEach(header -> headers.put(header.name(), header.header()));
                    Map<StoredMessage, Closed> again = again(frame, pass);
                    queue.then(
                            history.fetchHeaders(pass.link, again.keySet(), headers)
                                    .thenComposeAsync(fetched -> history.unwrap(again.keySet(), headers), queue),
                            unwrapped -> take(pass, again, headers),
                            pass.done::completeExceptionally);
                },
                pass.done::completeExceptionally);
    }

    /** The messages that are tried now. They, and those that the server does not give any more, are taken off the list. */
    private Map<StoredMessage, Closed> again(Message frame, Pass pass) {
        NavigableMap<Position, Closed> left = pass.left;
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
        again.keySet().forEach(message -> asked.remove(message.position()));
        missing(pass.choice, asked.keySet());
        asked.clear();
        return again;
    }

    private void missing(Choice choice, Set<Position> positions) {
        positions.forEach(choice::missing);
        if (!missing && !positions.isEmpty()) {
            missing = true;
            listeners.notice("the server gives other messages of the history with " + peer
                    + " than it gave before; what this device holds of them is left as it is");
        }
    }

    private void take(Pass pass, Map<StoredMessage, Closed> again, Map<EpochName, Bytes> headers) {
        try {
            history.takeAgain(again, headers);
        } catch (StoreException e) {
            pass.done.completeExceptionally(e);
            return;
        }
        again.keySet().forEach(pass.choice::tried);
        next(pass);
    }
}
