package dev.pychat.client;

import dev.pychat.key.CheckedBundle;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.OutboxEntry;
import dev.pychat.store.OutcomeUnknownException;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Brings messages into the outbox, sealed where that can be done and as drafts where not, and seals them anew where it must.
 * Confined to the chat's queue, but for {@link #add}.
 */
final class OutboxSealing {

    private static final int MOST_TRIES = 3;
    private static final int MOST_AT_ONCE = 256;

    /** A message that the store has not seen yet. */
    private record Fresh(Content content, SentReceipt receipt) {}

    private final Account account;
    private final ClientOptions options;
    private final Username peer;
    private final PeerKeys keys;
    private final OutboxShelf shelf;
    private final OutboxBudget budget;
    private final LaneSealer sealer;
    private final Queue<Fresh> fresh = new ConcurrentLinkedQueue<>();
    private Position raised = Position.NONE;
    private boolean broken;
    private @Nullable ClosedException closed;

    OutboxSealing(
            Account account,
            ClientOptions options,
            Username peer,
            PeerKeys keys,
            OutboxShelf shelf,
            OutboxBudget budget,
            LaneSealer sealer) {
        this.account = account;
        this.options = options;
        this.peer = peer;
        this.keys = keys;
        this.shelf = shelf;
        this.budget = budget;
        this.sealer = sealer;
    }

    /** Takes a message over; the budget has been taken for it. On any thread. */
    void add(Content content, SentReceipt receipt) {
        fresh.add(new Fresh(content, receipt));
    }

    boolean hasFresh() {
        return !fresh.isEmpty() && !broken;
    }

    boolean hasDrafts() {
        return shelf.items().stream().anyMatch(item -> item.sealed().isEmpty());
    }

    /** Keeps everything new, and seals at most {@code room} messages, the oldest first. */
    void keep(int room) throws StoreException {
        if (closed != null) {
            refuseFresh(closed);
        }
        List<OutboxItem> drafts = shelf.items().stream()
                .filter(item -> !item.isSealed())
                .limit(Math.max(0, room) + 1L)
                .toList();
        Optional<CheckedBundle> bundle = room > 0 ? keys.fresh() : Optional.empty();
        boolean nothing = fresh.isEmpty() && (drafts.isEmpty() || bundle.isEmpty());
        if (nothing || broken) {
            return;
        }
        sealer.begin(shelf.head());
        List<OutboxEntry> entries = new ArrayList<>();
        List<OutboxItem> sealedDrafts = new ArrayList<>();
        for (OutboxItem item : drafts) {
            if (bundle.isEmpty() || entries.size() >= room) {
                break;
            }
            entries.add(sealer.seal(
                    bundle.get(),
                    item.number(),
                    item.entry().id(),
                    item.content(),
                    item.entry().draft()));
            sealedDrafts.add(item);
        }
        List<OutboxItem> added = takeFresh(bundle, drafts.size() == sealedDrafts.size() ? room - entries.size() : 0);
        added.forEach(item -> entries.add(item.entry()));
        keep(entries, added);
        for (int i = 0; i < sealedDrafts.size(); i++) {
            sealedDrafts.get(i).become(entries.get(i));
        }
    }

    private List<OutboxItem> takeFresh(Optional<CheckedBundle> bundle, int room) throws StoreException {
        List<OutboxItem> added = new ArrayList<>();
        long number = shelf.nextNumber();
        while (added.size() < MOST_AT_ONCE) {
            Fresh next = fresh.poll();
            if (next == null) {
                break;
            }
            Bytes draft = account.records().seal(peer, next.content);
            MessageId id = next.receipt.id();
            OutboxEntry entry = bundle.isPresent() && added.size() < room
                    ? sealer.seal(bundle.get(), number, id, next.content, draft)
                    : new OutboxEntry.Draft(number, id, draft);
            added.add(new OutboxItem(entry, next.content, next.receipt));
            number++;
        }
        return added;
    }

    private void keep(List<OutboxEntry> entries, List<OutboxItem> added) throws StoreException {
        try {
            keepSurely(entries);
        } catch (OutcomeUnknownException e) {
            // Nobody knows what the store holds: nothing more is sealed on this lane by this client.
            broken = true;
            throw e;
        } catch (StoreException e) {
            sealer.takeBack();
            added.forEach(item -> {
                budget.give(item.content().body().size());
                item.receipt().fail(new RefusedException("not_stored", String.valueOf(e.getMessage())));
            });
            throw e;
        }
        added.forEach(shelf::add);
    }

    private void keepSurely(List<OutboxEntry> entries) throws StoreException {
        for (int tries = 1; ; tries++) {
            try {
                shelf.keep(sealer.head(), sealer.epochs(), entries);
                return;
            } catch (OutcomeUnknownException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    /** How far this device had read when the message was sealed, or later without finding it. */
    Position seen(OutboxEntry.Sealed sealed) {
        return raised.isAfter(sealed.seen()) ? raised : sealed.seen();
    }

    /** Everything up to there has been read, and none of the unsent messages was found. */
    void readTo(Position position) {
        raised = position;
    }

    /** What to do about the first refused message. */
    Remedy remedy(Failure failure) {
        if (failure.code() != ErrorCode.OUT_OF_SEQUENCE) {
            return Remedy.of(failure.code());
        }
        MessageId last = failure.details().last();
        boolean ours = shelf.sealedAs(last).isPresent()
                || firstSealed().filter(first -> first.after().equals(last)).isPresent();
        return ours ? Remedy.SEND_AGAIN : Remedy.NEW_LANE;
    }

    private Optional<OutboxEntry.Sealed> firstSealed() {
        return shelf.items().stream().flatMap(item -> item.sealed().stream()).findFirst();
    }

    /** The unsent messages that the history holds: they were stored, and the answer was lost. */
    Map<OutboxItem, Acceptance> found() throws StoreException {
        Map<OutboxItem, Acceptance> found = new LinkedHashMap<>();
        for (OutboxItem item : List.copyOf(shelf.items())) {
            for (OutboxEntry.Sealed sealed : item.sealed().stream().toList()) {
                Optional<TranscriptEntry> entry = account.transcripts().find(peer, sealed.id());
                if (entry.isPresent() && entry.get().envelopeHash().equals(sealed.hash())) {
                    HistoryRecord record = account.records()
                            .history(peer, entry.get().position(), entry.get().sealed());
                    found.put(item, new Acceptance(sealed.id(), entry.get().position(), record.time()));
                }
            }
        }
        return found;
    }

    /**
     * Turns everything sealed back into drafts under new ids: on the same lane behind the last message that the server has, or
     * on a new one. A message that is given up goes in the same step.
     */
    void unseal(boolean onNewLane, Optional<OutboxItem> givenUp) throws StoreException {
        Bytes behind = firstSealed().map(OutboxEntry.Sealed::headBefore).orElse(shelf.head());
        givenUp.ifPresent(shelf::drop);
        List<OutboxItem> items =
                shelf.items().stream().filter(item -> item.sealed().isPresent()).toList();
        List<OutboxEntry> drafts = new ArrayList<>();
        for (OutboxItem item : items) {
            MessageId id = MessageId.random(options.random());
            drafts.add(new OutboxEntry.Draft(item.number(), id, item.entry().draft()));
        }
        sealer.close();
        shelf.keep(onNewLane ? Bytes.EMPTY : behind, List.of(), drafts);
        for (int i = 0; i < items.size(); i++) {
            items.get(i).become(drafts.get(i));
        }
    }

    void close(ClosedException reason) {
        closed = reason;
        refuseFresh(reason);
        sealer.close();
    }

    private void refuseFresh(ClosedException reason) {
        for (Fresh next = fresh.poll(); next != null; next = fresh.poll()) {
            next.receipt.fail(reason);
        }
    }
}
