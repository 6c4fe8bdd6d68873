package dev.pychat.client;

import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.OutboxLane;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptForgetting;
import dev.pychat.store.TranscriptSpan;
import dev.pychat.store.TranscriptStore;
import dev.pychat.transport.internal.SerialQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Erases what is old of a conversation: what messages say, in their order, and the secrets of epochs of which no message is held any more
 * (ENVELOPE.md, section 14.3). A step looks at so many messages at most and leaves the queue to others before the next. A process goes
 * through what it holds once, from the beginning, and then on from where it stopped. An account that keeps again forgets no more messages, but the
 * secrets that would open what was forgotten go on to be erased. Confined to the chat's queue.
 */
final class HistoryForgetting {

    private static final Duration ON_ITS_WAY = Duration.ofHours(1);

    private final Account account;
    private final Username peer;
    private final ChatHistory history;
    private final Listeners listeners;
    private final SerialQueue queue;
    private final Trouble trouble;
    private final Map<EpochName, Instant> sending = new HashMap<>();
    private @Nullable Position upTo;
    private boolean running;
    private boolean swept;
    private boolean forgot;
    private boolean erased;

    /** What a step found: up to where everything is old, and what is to take the place of what messages there say. */
    private record Old(Position upTo, Map<Position, Bytes> sealed, boolean more) {}

    HistoryForgetting(Account account, Username peer, ChatHistory history, Listeners listeners, SerialQueue queue) {
        this.account = account;
        this.peer = peer;
        this.history = history;
        this.listeners = listeners;
        this.queue = queue;
        this.trouble = new Trouble(listeners);
    }

    /** Erases what is old by now, unless that is under way. What fails is tried again the next time. */
    void run() {
        boolean forgets = account.oldness().forgets();
        if (forgets != forgot) {
            forgot = forgets;
            swept = false;
        }
        if (!forgets) {
            upTo = null;
        }
        if (!running && (forgets || !swept || !history.epochs().forgotten().isEmpty())) {
            running = true;
            erased = false;
            step();
        }
    }

    private void step() {
        try {
            if (forget()) {
                queue.execute(this::step);
                return;
            }
            trouble.over();
        } catch (StoreException e) {
            // Whether it is erased nobody knows; the next run looks.
            upTo = null;
            trouble.tell("what is old of the conversation with " + peer + " could not be forgotten on this device: "
                    + e.getMessage());
        }
        running = false;
        if (erased && upTo != null) {
            listeners.forgotten(peer, upTo);
        }
    }

    /** True if more may be old. */
    private boolean forget() throws StoreException {
        TranscriptSpan span = account.transcripts().span(peer);
        if (!span.to().isMessage()) {
            return false;
        }
        if (history.epochs().forgotten().read()) {
            return true;
        }
        if (!account.oldness().forgets()) {
            forgetSecrets(span.to());
            return false;
        }
        Old old = old(upTo == null ? span.from().plus(-1) : upTo, span.to());
        erased |= !old.sealed.isEmpty();
        boolean more = old.more || history.givenSecrets().collect(old.sealed, old.upTo, span.to());
        boolean sweeps = !more && (erased || !swept);
        List<EpochName> spent = sweeps ? spent(old.upTo, span.to()) : List.of();
        if (!old.sealed.isEmpty() || !spent.isEmpty()) {
            account.transcripts().forget(new TranscriptForgetting(peer, old.sealed, spent));
            history.epochs().forget(spent);
        }
        if (!old.more) {
            history.givenSecrets().erased();
        }
        upTo = old.upTo;
        return more;
    }

    private void forgetSecrets(Position last) throws StoreException {
        List<EpochName> spent = history.epochs().forgotten().isEmpty() ? List.of() : spent(last, last);
        if (!spent.isEmpty()) {
            account.transcripts().forget(new TranscriptForgetting(peer, Map.of(), spent));
            history.epochs().forget(spent);
        }
        swept = true;
    }

    /**
     * Ends at the first that is not old. What stands behind it may be, by what the server says; it was taken later, so this is old no later
     * than the account's time after that was taken.
     */
    private Old old(Position from, Position last) throws StoreException {
        Map<Position, Bytes> sealed = new HashMap<>();
        Position end = from;
        while (last.isAfter(end) && end.value() - from.value() < TranscriptForgetting.MOST) {
            for (TranscriptEntry entry : behind(end, last)) {
                HistoryRecord record = account.records().history(peer, entry.position(), entry.sealed());
                if (!account.oldness().isOld(record)) {
                    return new Old(end, sealed, false);
                }
                HistoryRecord forgotten = record.forgotten();
                if (!forgotten.equals(record)) {
                    sealed.put(entry.position(), account.records().seal(peer, entry.position(), forgotten));
                }
                if (entry.n() >= 0) {
                    history.epochs().forgotten().add(entry.epoch());
                }
                end = entry.position();
            }
        }
        return new Old(end, sealed, last.isAfter(end));
    }

    private List<TranscriptEntry> behind(Position end, Position last) throws StoreException {
        int limit = (int) Math.min(TranscriptStore.MAX_PAGE, last.value() - end.value());
        return account.transcripts().page(peer, end.plus(limit + 1L), limit);
    }

    /** The epochs whose secret this device has and needs no more; whether others may be such soon, {@code swept} says. */
    private List<EpochName> spent(Position forgotten, Position last) throws StoreException {
        Set<EpochName> all = new HashSet<>(account.transcripts().epochs(peer));
        Set<EpochName> named = account.oldness().forgets() ? named(forgotten, last) : all;
        Set<EpochName> sending = sending();
        List<EpochName> spent = new ArrayList<>();
        swept = true;
        for (EpochName name : all) {
            boolean isEmpty = !named.contains(name);
            boolean wasForgotten = history.epochs().forgotten().contains(name);
            if (sending.contains(name)) {
                swept &= !isEmpty;
            } else if ((isEmpty || wasForgotten) && isSpent(name, isEmpty, wasForgotten)) {
                spent.add(name);
            }
        }
        return List.copyOf(spent);
    }

    /** The epochs of messages that are held. */
    private Set<EpochName> named(Position forgotten, Position last) throws StoreException {
        Set<EpochName> named = new HashSet<>();
        Position end = forgotten;
        while (last.isAfter(end)) {
            for (TranscriptEntry entry : behind(end, last)) {
                named.add(entry.epoch());
                end = entry.position();
            }
        }
        return named;
    }

    private boolean isSpent(EpochName name, boolean isEmpty, boolean wasForgotten) throws StoreException {
        Oldness oldness = account.oldness();
        Instant caughtUp = history.caughtUpAt();
        boolean isSpent = true;
        for (Bytes box : account.transcripts().epoch(peer, name).stream().toList()) {
            try (OpenedEpoch epoch = account.records().epoch(peer, name, box)) {
                boolean byFormer = wasForgotten && !oldness.isOld(epoch);
                isSpent = isEmpty && oldness.isSpent(epoch, caughtUp)
                        || byFormer && oldness.isSpentByFormer(epoch, caughtUp);
                swept &= isSpent || !isEmpty && !byFormer;
            }
        }
        return isSpent;
    }

    /** Epochs of our own of which messages wait in the outbox, or did a moment ago: this device opens them again when they are stored. */
    private Set<EpochName> sending() throws StoreException {
        Instant now = account.now();
        sending.values().removeIf(last -> now.isAfter(last.plus(ON_ITS_WAY)));
        for (OutboxLane lane : account.outbox().load()) {
            if (lane.peer().equals(peer)) {
                lane.epochs().forEach(epoch -> sending.put(epoch.name(), now));
            }
        }
        return sending.keySet();
    }
}
