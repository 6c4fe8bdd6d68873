package dev.pychat.client;

import dev.pychat.envelope.RewrapAnswer;
import dev.pychat.key.CheckedBundle;
import dev.pychat.keyring.Keyring;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.OutboxEntry;
import dev.pychat.store.OutboxEpoch;
import dev.pychat.store.OutcomeUnknownException;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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

    /** A step of the store: the entries of the items that it changes, then those of the items that it adds. */
    private record Step(
            Bytes head,
            List<OutboxEpoch> epochs,
            List<OutboxEntry> entries,
            List<OutboxItem> changed,
            List<OutboxItem> added) {}

    private final Account account;
    private final ClientOptions options;
    private final Username peer;
    private final PeerKeys keys;
    private final OutboxShelf shelf;
    private final OutboxBudget budget;
    private final LaneSealer sealer;
    private final Listeners listeners;
    private final Queue<Fresh> fresh = new ConcurrentLinkedQueue<>();
    private Position raised = Position.NONE;
    private boolean lacksKeys;
    private @Nullable Step unsettled;

    OutboxSealing(
            Account account,
            ClientOptions options,
            Username peer,
            PeerKeys keys,
            OutboxShelf shelf,
            OutboxBudget budget,
            LaneSealer sealer,
            Listeners listeners) {
        this.account = account;
        this.options = options;
        this.peer = peer;
        this.keys = keys;
        this.shelf = shelf;
        this.budget = budget;
        this.sealer = sealer;
        this.listeners = listeners;
    }

    /** Takes a message over; the budget has been taken for it. On any thread. */
    void add(Content content, SentReceipt receipt) {
        fresh.add(new Fresh(content, receipt));
    }

    boolean hasFresh() {
        return !fresh.isEmpty() && unsettled == null;
    }

    /** Everything that the server has not accepted, what the store has not seen yet at the end. */
    List<PendingMessage> pending() {
        List<PendingMessage> pending = new ArrayList<>();
        shelf.items().forEach(item -> pending.add(item.pending()));
        if (unsettled != null) {
            unsettled.added.forEach(item -> pending.add(item.pending()));
        }
        fresh.forEach(message -> pending.add(PendingMessage.of(message.receipt.id(), message.content)));
        return pending;
    }

    /** Whether messages may be sealed and sent. */
    boolean maySeal() {
        return keys.maySeal() && !isOfPastIdentity();
    }

    /** Whether something unsent was sealed by an identity of this account that another one has replaced. */
    boolean isOfPastIdentity() {
        Keyring keyring = account.keyring();
        return !keyring.pastIdentities().isEmpty()
                && shelf.sealed().stream()
                        .flatMap(item -> item.sealed().stream())
                        .map(OutboxEntry.Sealed::epoch)
                        .distinct()
                        .anyMatch(epoch -> sealer.isOfAnother(shelf.header(epoch)));
    }

    /** Whether a message waits because its epoch needs one-time keys first. */
    boolean lacksKeys() {
        return lacksKeys;
    }

    boolean hasDrafts() {
        return shelf.items().stream().anyMatch(item -> item.sealed().isEmpty());
    }

    /** Keeps everything new, and seals at most {@code room} messages, the oldest first; false if there was nothing to do. */
    boolean keep(int room) throws StoreException {
        boolean settled = settle();
        lacksKeys = false;
        List<OutboxItem> drafts = shelf.items().stream()
                .filter(item -> !item.isSealed())
                .limit(Math.max(0, room) + 1L)
                .toList();
        Instant now = options.clock().instant();
        Optional<CheckedBundle> bundle = room > 0 ? keys.fresh(now) : Optional.empty();
        if (fresh.isEmpty() && (drafts.isEmpty() || bundle.isEmpty())) {
            return settled;
        }
        sealer.begin(shelf.head(), now);
        lacksKeys = bundle.isPresent() && !sealer.isReady(bundle.get());
        if (fresh.isEmpty() && lacksKeys) {
            return settled;
        }
        Step step = step(drafts, bundle, room);
        step.added.forEach(item -> fresh.remove());
        make(step);
        return true;
    }

    private Step step(List<OutboxItem> drafts, Optional<CheckedBundle> bundle, int room) throws StoreException {
        List<OutboxEntry> entries = new ArrayList<>();
        List<OutboxItem> sealedDrafts = new ArrayList<>();
        for (OutboxItem item : drafts) {
            if (bundle.isEmpty() || entries.size() >= room || !sealer.isReady(bundle.get())) {
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
        List<OutboxItem> added = added(bundle, drafts.size() == sealedDrafts.size() ? room - entries.size() : 0);
        added.forEach(item -> entries.add(item.entry()));
        return new Step(sealer.head(), sealer.epochs(), entries, sealedDrafts, added);
    }

    /** What is new stays where it is until the step stands, for sealing may fail. */
    private List<OutboxItem> added(Optional<CheckedBundle> bundle, int room) throws StoreException {
        List<OutboxItem> added = new ArrayList<>();
        long number = shelf.nextNumber();
        for (Fresh next : fresh) {
            if (added.size() == MOST_AT_ONCE) {
                break;
            }
            Bytes draft = account.records().seal(peer, next.content);
            MessageId id = next.receipt.id();
            OutboxEntry entry = bundle.isPresent() && added.size() < room && sealer.isReady(bundle.get())
                    ? sealer.seal(bundle.get(), number, id, next.content, draft)
                    : new OutboxEntry.Draft(number, id, draft);
            added.add(new OutboxItem(entry, next.content, next.receipt));
            number++;
        }
        return added;
    }

    /** Makes a step, at once again if its outcome is unknown. Once it is, a refusal says nothing of the tries before it. */
    private void make(Step step) throws StoreException {
        for (int tries = 1; ; tries++) {
            try {
                shelf.keep(step.head, step.epochs, step.entries);
                break;
            } catch (OutcomeUnknownException e) {
                unsettled = step;
                if (tries == MOST_TRIES) {
                    throw e;
                }
            } catch (StoreException e) {
                if (unsettled == null) {
                    notKept(step, e);
                }
                throw e;
            }
        }
        unsettled = null;
        for (int i = 0; i < step.changed.size(); i++) {
            step.changed.get(i).become(step.entries.get(i));
        }
        step.added.forEach(shelf::add);
    }

    /** Makes the step again of which nobody knows whether it was made; nothing else is done before. */
    private boolean settle() throws StoreException {
        if (unsettled == null) {
            return false;
        }
        make(unsettled);
        return true;
    }

    /** Lets the store forget what was dropped. */
    void flush() throws StoreException {
        if (unsettled == null) {
            shelf.flush();
        }
    }

    private void notKept(Step step, StoreException why) {
        sealer.takeBack();
        for (OutboxItem item : step.added) {
            budget.give(item.content().body().size());
            RefusedException refused = new RefusedException("not_stored", String.valueOf(why.getMessage()), why);
            item.receipt().fail(refused);
            listeners.refused(peer, refused);
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
     * Turns everything sealed back into drafts under new ids, where another identity is about to take the peer's place: what was asked
     * for by the former one, and was to be given to it alone, goes no further.
     */
    void unsealWithoutAnswers(boolean onNewLane) throws StoreException {
        settle();
        List<OutboxItem> kept =
                shelf.items().stream().filter(item -> isAnswer(item.content())).toList();
        List<Fresh> notKept =
                fresh.stream().filter(next -> isAnswer(next.content)).toList();
        fresh.removeAll(notKept);
        notKept.forEach(next -> budget.give(next.content.body().size()));
        unseal(onNewLane, kept);
    }

    private static boolean isAnswer(Content content) {
        return content.type() == RewrapAnswer.TYPE;
    }

    /**
     * Turns everything sealed back into drafts under new ids: on the same lane behind the last message that the server has, or
     * on a new one. Messages that are given up go in the same step.
     */
    void unseal(boolean onNewLane, Collection<OutboxItem> givenUp) throws StoreException {
        settle();
        Bytes behind = firstSealed().map(OutboxEntry.Sealed::headBefore).orElse(shelf.head());
        givenUp.forEach(shelf::drop);
        List<OutboxItem> items =
                shelf.items().stream().filter(item -> item.sealed().isPresent()).toList();
        List<OutboxEntry> drafts = new ArrayList<>();
        for (OutboxItem item : items) {
            MessageId id = MessageId.random(options.random());
            drafts.add(new OutboxEntry.Draft(item.number(), id, item.entry().draft()));
        }
        sealer.giveUp(shelf.head());
        make(new Step(onNewLane ? Bytes.EMPTY : behind, List.of(), drafts, items, List.of()));
    }

    /** Keeps what is new if the store's content is known; what it has not taken then is not sent. */
    void close(boolean keeping) throws StoreException {
        try {
            while (keeping && hasFresh()) {
                keep(0);
            }
            flush();
        } finally {
            if (unsettled != null) {
                ClosedException unknown = new ClosedException(
                        "the client was closed while its store could not say"
                                + " whether it holds the message; if it does, the message is sent when a client is started again");
                unsettled.added.forEach(item -> item.receipt().fail(unknown));
            }
            sealer.close();
        }
    }

    /** What came too late to be kept. On any thread, once nothing else of this runs any more. */
    void refuseFresh() {
        RefusedException refused = new RefusedException(
                "not_stored", "the client was closed before the message was stored on this device; it is not sent");
        for (Fresh next = fresh.poll(); next != null; next = fresh.poll()) {
            next.receipt.fail(refused);
        }
    }
}
