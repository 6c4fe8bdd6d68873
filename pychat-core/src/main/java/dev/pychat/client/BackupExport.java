package dev.pychat.client;

import dev.pychat.backup.BackupMessage;
import dev.pychat.backup.BackupWriter;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptSpan;
import dev.pychat.store.TranscriptStore;
import java.io.IOException;

/** Writes the history that a device can read into a backup, a page at a time. Used once, by one thread. */
final class BackupExport {

    private final Account account;
    private final BackupWriter out;
    private long conversations;
    private long messages;

    BackupExport(Account account, BackupWriter out) {
        this.account = account;
        this.out = out;
    }

    Exported write() throws StoreException, IOException, InterruptedException {
        for (Username peer : account.transcripts().peers().stream().sorted().toList()) {
            write(peer);
        }
        out.finish();
        return new Exported(conversations, messages);
    }

    /** What comes while this runs is left out. */
    private void write(Username peer) throws StoreException, IOException, InterruptedException {
        TranscriptStore store = account.transcripts();
        TranscriptSpan span = store.span(peer);
        if (!span.to().isMessage()) {
            return;
        }
        out.conversation(peer, span.from(), span.to());
        conversations++;
        Position next = span.from();
        while (!next.isAfter(span.to())) {
            if (Thread.interrupted()) {
                throw new InterruptedException("stopped while the backup was written");
            }
            int limit = (int) Math.min(TranscriptStore.MAX_PAGE, span.to().value() - next.value() + 1);
            for (TranscriptEntry entry : store.page(peer, next.plus(limit), limit)) {
                out.message(message(peer, entry));
                messages++;
            }
            next = next.plus(limit);
        }
    }

    private BackupMessage message(Username peer, TranscriptEntry held) throws StoreException {
        KeptMessage kept = account.kept(peer, held);
        TranscriptEntry entry = kept.entry();
        return new BackupMessage(
                entry.position(),
                entry.id(),
                entry.epoch(),
                entry.n(),
                entry.envelopeHash(),
                held.viewHash(),
                (account.oldness().isOld(kept.record()) ? kept.record().forgotten() : kept.record()).encode());
    }
}
