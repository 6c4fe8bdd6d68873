package dev.pychat.client;

import dev.pychat.envelope.FindingCode;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptStore;
import java.util.List;

/**
 * Where in a conversation one identity of the peer gives way to the next (ENVELOPE.md, section 9.3). The two may overlap: a message that
 * opened under the former stays open, and one that waited for the next opens. Immutable.
 *
 * @param from the first position that the next identity counts for
 * @param until the last position that the former counts for
 */
record ChangePlace(Position from, Position until) {

    /** Looks through what this device holds, from the beginning of the former identity on. */
    static ChangePlace find(Account account, Username peer, Position begin, Position last) throws StoreException {
        Position waiting = last.next();
        Position opened = Position.NONE;
        Position end = last.next();
        while (end.isAfter(begin)) {
            List<TranscriptEntry> page = account.transcripts().page(peer, end, TranscriptStore.MAX_PAGE);
            for (int i = page.size() - 1; i >= 0; i--) {
                TranscriptEntry entry = page.get(i);
                HistoryRecord record = account.records().history(peer, entry.position(), entry.sealed());
                boolean theirs = record.sender().equals(peer) && !begin.isAfter(entry.position());
                if (theirs && record.content().isPresent() && !opened.isMessage()) {
                    opened = entry.position();
                }
                if (theirs && record.has(FindingCode.UNPINNED_IDENTITY)) {
                    waiting = entry.position();
                }
            }
            end = page.isEmpty() ? begin : page.get(0).position();
        }
        Position before = waiting.plus(-1);
        return new ChangePlace(waiting, opened.isAfter(before) ? opened : before);
    }
}
