package dev.pychat.client;

import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptForgetting;
import dev.pychat.store.TranscriptStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The secrets of epochs that stand in the history since the peer has given them (ENVELOPE.md, section 14.3). An account that forgets has each only
 * until it was tried on what does not open: then it is stored with its epoch, or of no use. Of what is too far back to be tried nobody needs any. Confined to
 * the chat's queue.
 */
final class GivenSecrets {

    /** Among how many messages, the latest, answers are looked for, and what they open. */
    static final int TRIED = 1_024;

    private final Account account;
    private final Username peer;
    private final NavigableSet<Position> useless = new TreeSet<>();
    private final List<Position> collected = new ArrayList<>();
    private Position looked = Position.NONE;
    private Position reached = Position.NONE;

    GivenSecrets(Account account, Username peer) {
        this.account = account;
        this.peer = peer;
    }

    /** The secrets of an answer there were tried, or there is nothing that they may open. */
    void useless(Position answer, Position last) {
        useless.add(answer);
        // What is further back is found there.
        useless.headSet(tooFarBack(last), true).clear();
    }

    /**
     * Adds what is to take the place of such answers, none of which is forgotten yet; true if there is more to look at. It looks at so many messages at
     * most, and counts as done when that is said to be {@link #erased}.
     */
    boolean collect(Map<Position, Bytes> sealed, Position forgotten, Position last) throws StoreException {
        collected.clear();
        for (Position answer : useless.tailSet(forgotten, false)) {
            if (sealed.size() < TranscriptForgetting.MOST) {
                collected.add(answer);
                withoutSecrets(account.transcripts().page(peer, answer.next(), 1), sealed);
            }
        }
        Position end = tooFarBack(last);
        reached = looked.isAfter(forgotten) ? looked : forgotten;
        long stop = reached.value() + TranscriptForgetting.MOST - sealed.size();
        while (end.isAfter(reached) && reached.value() < stop) {
            long left = Math.min(end.value(), stop) - reached.value();
            int limit = (int) Math.min(TranscriptStore.MAX_PAGE, left);
            withoutSecrets(account.transcripts().page(peer, reached.plus(limit + 1L), limit), sealed);
            reached = reached.plus(limit);
        }
        return end.isAfter(reached);
    }

    private static Position tooFarBack(Position last) {
        return new Position(Math.max(0, last.value() - TRIED));
    }

    private void withoutSecrets(List<TranscriptEntry> entries, Map<Position, Bytes> sealed) throws StoreException {
        for (TranscriptEntry entry : entries) {
            HistoryRecord record = account.records().history(peer, entry.position(), entry.sealed());
            HistoryRecord without = record.withoutSecrets();
            if (!without.equals(record)) {
                sealed.put(entry.position(), account.records().seal(peer, entry.position(), without));
            }
        }
    }

    /** What was collected is in the history no more. */
    void erased() {
        collected.forEach(useless::remove);
        collected.clear();
        looked = reached.isAfter(looked) ? reached : looked;
    }
}
