package dev.pychat.client;

import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a peer begins so many epochs that an honest server may have told it to take no more one-time keys for a while (ENVELOPE.md,
 * section 5.1). Stateless.
 */
final class BusySender {

    /** An account is given 32 keys of another at once, which are four epochs for eight devices. */
    static final int MANY = 4;

    private static final Duration A_DAY = Duration.ofHours(24);
    private static final int MOST_PAGES = MANY;

    private BusySender() {}

    /** Looks back from the first message of an epoch, which is in the store, by the peer's own clock. */
    static boolean is(Account account, Username peer, StoredMessage first) throws StoreException {
        Set<EpochName> epochs = new HashSet<>();
        Instant since = Instant.MIN;
        Position end = first.position().next();
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            List<TranscriptEntry> page = account.transcripts().page(peer, end, TranscriptStore.MAX_PAGE);
            for (int i = page.size() - 1; i >= 0; i--) {
                TranscriptEntry entry = page.get(i);
                HistoryRecord record = account.records().history(peer, entry.position(), entry.sealed());
                if (entry.n() < 0 || !record.sender().equals(peer)) {
                    continue;
                }
                since = epochs.isEmpty() ? record.claimed().minus(A_DAY) : since;
                if (record.claimed().isBefore(since)) {
                    return false;
                }
                epochs.add(entry.epoch());
                if (epochs.size() > MANY) {
                    return true;
                }
            }
            if (page.isEmpty()) {
                return false;
            }
            end = page.get(0).position();
        }
        // So many messages in a day are at least as many epochs.
        return true;
    }
}
