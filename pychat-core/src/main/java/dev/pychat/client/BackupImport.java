package dev.pychat.client;

import dev.pychat.backup.BackupHistory;
import dev.pychat.backup.BackupMessage;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.model.Bytes;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptSpan;
import dev.pychat.store.TranscriptStep;
import dev.pychat.store.TranscriptStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the history of a backup into an archive, a step at a time. What the archive holds already stays; what did not open there and
 * does here takes its place; what follows is added. So it may be cut off anywhere, and be done again. Used once, by one thread.
 */
final class BackupImport implements BackupHistory {

    private final ArchiveShelf shelf;
    private final LocalAccount from;
    private final TranscriptStore store;
    private final List<TranscriptEntry> gathered = new ArrayList<>();
    private final List<Username> leftOut = new ArrayList<>();
    private Username peer;
    private Position last = Position.NONE;
    private boolean fits;
    private long added;

    BackupImport(ArchiveShelf shelf, LocalAccount from) throws StoreException {
        this.shelf = shelf;
        this.from = from;
        this.store = shelf.store(from);
        this.peer = from.user();
    }

    long added() {
        return added;
    }

    List<Username> leftOut() {
        return leftOut;
    }

    @Override
    public void conversation(Username with, Position first, Position end) throws StoreException {
        TranscriptSpan span = store.span(with);
        peer = with;
        last = end;
        fits = !span.to().isMessage()
                || !first.isAfter(span.to().next()) && !span.from().isAfter(end);
        if (!fits) {
            leftOut.add(peer);
        }
    }

    @Override
    public void message(BackupMessage message) throws StoreException, MalformedException {
        // Read to see whether it can be shown; a list of what was taken so far stays whole if not.
        HistoryRecord record = HistoryRecord.decode(message.entry());
        if (!fits) {
            return;
        }
        TranscriptEntry entry = new TranscriptEntry(
                message.position(),
                message.id(),
                message.epoch(),
                message.n(),
                message.envelopeHash(),
                message.viewHash(),
                Bytes.EMPTY);
        gathered.add(shelf.sealed(from, peer, entry, record));
        if (gathered.size() == TranscriptStore.MAX_PAGE || message.position().equals(last)) {
            keep();
            gathered.clear();
        }
    }

    private void keep() throws StoreException {
        Position end = store.span(peer).to();
        Position begin = store.span(peer).from();
        List<TranscriptEntry> held = gathered.stream()
                .filter(entry -> !entry.position().isAfter(end))
                .toList();
        List<TranscriptEntry> inside =
                held.stream().filter(entry -> !begin.isAfter(entry.position())).toList();
        if (!replace(inside)) {
            fits = false;
            leftOut.add(peer);
            return;
        }
        List<TranscriptEntry> further = gathered.subList(held.size(), gathered.size());
        if (!further.isEmpty()) {
            store.append(new TranscriptStep(peer, further, List.of(), Bytes.EMPTY));
            added += further.size();
        }
    }

    /** False if the archive holds other messages at these places. */
    private boolean replace(List<TranscriptEntry> entries) throws StoreException {
        if (entries.isEmpty()) {
            return true;
        }
        Position behind = entries.get(entries.size() - 1).position().next();
        List<TranscriptEntry> held = store.page(peer, behind, entries.size());
        List<TranscriptEntry> better = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            TranscriptEntry entry = entries.get(i);
            TranscriptEntry before = held.get(i);
            if (!before.id().equals(entry.id()) || !before.envelopeHash().equals(entry.envelopeHash())) {
                return false;
            }
            if (entry.n() >= 0 && entry.mayReplace(before)) {
                better.add(entry);
            }
        }
        if (!better.isEmpty()) {
            store.replace(new TranscriptStep(peer, better, List.of(), Bytes.EMPTY));
        }
        return true;
    }
}
