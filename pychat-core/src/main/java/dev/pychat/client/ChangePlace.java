package dev.pychat.client;

import dev.pychat.envelope.FindingCode;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEntry;

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
        Search search = new Search(peer, last.next());
        HistoryWalk.back(account, peer, last, last.value() - begin.value() + 1, search);
        Position before = search.waiting.plus(-1);
        return new ChangePlace(search.waiting, search.opened.isAfter(before) ? search.opened : before);
    }

    /** The first of the peer's messages that waits for an identity, and the last that has opened. */
    private static final class Search implements HistoryWalk.Visitor {

        private final Username peer;
        private Position waiting;
        private Position opened = Position.NONE;

        private Search(Username peer, Position end) {
            this.peer = peer;
            this.waiting = end;
        }

        @Override
        public boolean visit(TranscriptEntry entry, HistoryRecord record) {
            if (record.sender().equals(peer)) {
                if (record.content().isPresent() && !opened.isMessage()) {
                    opened = entry.position();
                }
                if (record.has(FindingCode.UNPINNED_IDENTITY)) {
                    waiting = entry.position();
                }
            }
            return true;
        }
    }
}
