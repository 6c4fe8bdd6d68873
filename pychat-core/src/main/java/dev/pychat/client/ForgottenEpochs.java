package dev.pychat.client;

import dev.pychat.model.Content;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptForgetting;
import dev.pychat.store.TranscriptSpan;
import dev.pychat.store.TranscriptStore;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The epochs of one conversation of which a message was forgotten, whatever the history policy is now (ENVELOPE.md, section 14.3). What is
 * forgotten is forgotten in order, so a process reads the history from its beginning as far as that goes, once. Not thread-safe.
 */
final class ForgottenEpochs {

    private final Account account;
    private final Username peer;
    private final Set<EpochName> names = new HashSet<>();
    private final Set<EpochName> ofControl = new HashSet<>();
    private Position end = Position.NONE;
    private boolean begun;
    private boolean complete;

    ForgottenEpochs(Account account, Username peer) {
        this.account = account;
        this.peer = peer;
    }

    /** A message of it is forgotten now. */
    void add(EpochName name) {
        names.add(name);
    }

    /** Reads on in the history, so far in one step; true if there is more to read. */
    boolean read() throws StoreException {
        TranscriptSpan span = account.transcripts().span(peer);
        if (complete || !span.to().isMessage()) {
            return false;
        }
        end = begun ? end : span.from().plus(-1);
        begun = true;
        long stop = end.value() + TranscriptForgetting.MOST;
        boolean more = true;
        while (more && span.to().isAfter(end) && end.value() < stop) {
            int limit = (int) Math.min(TranscriptStore.MAX_PAGE, span.to().value() - end.value());
            List<TranscriptEntry> page = account.transcripts().page(peer, end.plus(limit + 1L), limit);
            more = !page.isEmpty() && note(page);
            end = page.isEmpty() ? end : page.get(page.size() - 1).position();
        }
        complete = !more || !span.to().isAfter(end);
        if (complete && !names.isEmpty()) {
            names.addAll(ofControl);
        }
        return !complete;
    }

    /** False if nothing on a page is forgotten: what opened late may say something still, in the midst of what does not. */
    private boolean note(List<TranscriptEntry> page) throws StoreException {
        boolean anyHeld = false;
        boolean anyForgotten = false;
        for (TranscriptEntry entry : page) {
            if (entry.n() >= 0) {
                HistoryRecord record = account.records().history(peer, entry.position(), entry.sealed());
                boolean isForgotten = record.forgotten().equals(record);
                anyForgotten |= isForgotten;
                anyHeld |= !isForgotten;
                if (isForgotten) {
                    // Of control content the type stays, and a peer can send such without a body: alone it proves
                    // nothing.
                    (record.content().filter(Content::isControl).isPresent() ? ofControl : names).add(entry.epoch());
                }
            }
        }
        return anyForgotten || !anyHeld;
    }

    /** Whether there are any, as far as was read. */
    boolean isEmpty() {
        return names.isEmpty();
    }

    /** Whether a message of it was forgotten; reads what was not read yet. */
    boolean contains(EpochName name) throws StoreException {
        boolean more = true;
        while (more) {
            more = read();
        }
        return names.contains(name);
    }
}
