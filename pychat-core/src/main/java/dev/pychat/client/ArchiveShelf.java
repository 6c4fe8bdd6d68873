package dev.pychat.client;

import dev.pychat.model.Username;
import dev.pychat.store.ClientStores;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptStore;
import java.util.List;
import java.util.Optional;

/** The archives of one account in their stores, sealed under the device key. Thread-safe. */
final class ArchiveShelf {

    private final ClientStores stores;
    private final LocalAccount account;
    private final DeviceRecords records;

    ArchiveShelf(ClientStores stores, LocalAccount account, DeviceRecords records) {
        this.stores = stores;
        this.account = account;
        this.records = records;
    }

    List<LocalAccount> owners() throws StoreException {
        return stores.archived(account);
    }

    TranscriptStore store(LocalAccount from) throws StoreException {
        return stores.archive(account, from);
    }

    HistoryRecord record(LocalAccount from, Username peer, TranscriptEntry entry) throws StoreException {
        return records.archived(from, peer, entry.position(), entry.sealed());
    }

    /** An entry with another seal: that of a place in an archive. */
    TranscriptEntry sealed(LocalAccount from, Username peer, TranscriptEntry entry, HistoryRecord record) {
        return new TranscriptEntry(
                entry.position(),
                entry.id(),
                entry.epoch(),
                entry.n(),
                entry.envelopeHash(),
                entry.viewHash(),
                records.sealArchived(from, peer, entry.position(), record));
    }

    /** What a backup of this very account says of a message that did not open here: of the same envelope, to the byte. */
    Optional<KeptMessage> own(Username peer, TranscriptEntry unopened) throws StoreException {
        for (TranscriptEntry entry :
                store(account).page(peer, unopened.position().next(), 1)) {
            if (entry.n() >= 0 && entry.mayReplace(unopened)) {
                HistoryRecord archived = record(account, peer, entry);
                // Of what the device that made the backup had forgotten there is nothing to say.
                return Optional.of(archived)
                        .filter(known -> known.content().isPresent())
                        .map(known -> new KeptMessage(entry, known));
            }
        }
        return Optional.empty();
    }
}
