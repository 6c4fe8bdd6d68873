package dev.pychat.client;

import dev.pychat.model.Position;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptSpan;
import dev.pychat.store.TranscriptStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was said in an account, maybe of another server, as a backup brought it here: to be read, and nothing more. Nobody checks it
 * against a server again; what the device that made the backup found about a message stands beside it.
 *
 * <p>Thread-safe.
 */
public final class Archive {

    private final ArchiveShelf shelf;
    private final LocalAccount from;

    Archive(ArchiveShelf shelf, LocalAccount from) {
        this.shelf = shelf;
        this.from = from;
    }

    /**
     * The server of the account.
     *
     * @return its realm
     */
    public Realm realm() {
        return from.realm();
    }

    /**
     * Whose account it was.
     *
     * @return the user name
     */
    public Username user() {
        return from.user();
    }

    /**
     * With whom there is history.
     *
     * @return the names, in their order
     * @throws StoreException if the store fails
     */
    public List<Username> peers() throws StoreException {
        return shelf.store(from).peers().stream().sorted().toList();
    }

    /**
     * How many messages there are with somebody.
     *
     * @param peer the other party
     * @return the number, 0 for nobody
     * @throws StoreException if the store fails
     */
    public long messages(Username peer) throws StoreException {
        TranscriptSpan span = shelf.store(from).span(peer);
        return span.to().isMessage() ? span.to().value() - span.from().value() + 1 : 0;
    }

    /**
     * Reads a page.
     *
     * @param peer the other party
     * @param before the position that the page ends in front of; anything beyond the last message reads from the end, and so does
     *     {@link Position#NONE}
     * @param limit the most messages wanted, 1 to 256
     * @return the page, oldest first
     * @throws StoreException if the store fails or a record is damaged
     */
    public HistoryPage history(Username peer, Position before, int limit) throws StoreException {
        if (limit < 1 || limit > TranscriptStore.MAX_PAGE) {
            throw new IllegalArgumentException(
                    "a page of " + limit + " messages, allowed are 1 to " + TranscriptStore.MAX_PAGE);
        }
        TranscriptStore store = shelf.store(from);
        Position end = before.isMessage() ? before : new Position(Long.MAX_VALUE);
        List<ChatMessage> messages = new ArrayList<>();
        for (TranscriptEntry entry : store.page(peer, end, limit)) {
            HistoryRecord record = shelf.record(from, peer, entry);
            messages.add(HistoryPages.message(user(), peer, entry, record));
        }
        boolean more = !messages.isEmpty()
                && messages.get(0).position().isAfter(store.span(peer).from());
        return new HistoryPage(messages, List.of(), more, Optional.empty());
    }

    @Override
    public String toString() {
        return "archive of " + user() + " in realm " + realm();
    }
}
