package dev.pychat.client;

import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptStore;
import java.util.List;
import java.util.function.Predicate;

/** Goes through what this device holds of a conversation, the latest first. Stateless. */
final class HistoryWalk {

    /** Somebody who looks at entries. */
    interface Visitor {
        /** Looks at one; false ends the walk. */
        boolean visit(TranscriptEntry entry, HistoryRecord record) throws StoreException;
    }

    private HistoryWalk() {}

    /** Visits the entries up to a position, at most so many. */
    static void back(Account account, Username peer, Position last, long most, Visitor visitor) throws StoreException {
        back(account, peer, last, most, entry -> true, visitor);
    }

    /** Visits, of as many entries up to a position, those that did not open; the others are not even unsealed. */
    static void closed(Account account, Username peer, Position last, long most, Visitor visitor)
            throws StoreException {
        back(account, peer, last, most, entry -> entry.n() < 0, visitor);
    }

    private static void back(
            Account account, Username peer, Position last, long most, Predicate<TranscriptEntry> which, Visitor visitor)
            throws StoreException {
        Position before = last.next();
        long left = most;
        while (before.isMessage() && left > 0) {
            int limit = (int) Math.min(left, TranscriptStore.MAX_PAGE);
            List<TranscriptEntry> page = account.transcripts().page(peer, before, limit);
            for (int i = page.size() - 1; i >= 0; i--) {
                TranscriptEntry entry = page.get(i);
                if (!which.test(entry)) {
                    continue;
                }
                HistoryRecord record = account.records().history(peer, entry.position(), entry.sealed());
                if (!visitor.visit(entry, record)) {
                    return;
                }
            }
            left -= page.size();
            before = page.isEmpty() ? Position.NONE : page.get(0).position();
        }
    }
}
