package dev.pychat.store.memory;

import dev.pychat.model.Bytes;
import dev.pychat.store.KeyringStore;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.VersionedBytes;
import java.util.List;
import java.util.Optional;

final class MemoryKeyringStore implements KeyringStore {

    private final VersionedDocuments<LocalAccount> documents;

    MemoryKeyringStore() {
        this(new VersionedDocuments<>(MAX_SIZE));
    }

    private MemoryKeyringStore(VersionedDocuments<LocalAccount> documents) {
        this.documents = documents;
    }

    MemoryKeyringStore copy() {
        return new MemoryKeyringStore(documents.copy());
    }

    @Override
    public List<LocalAccount> accounts() {
        return documents.names();
    }

    @Override
    public Optional<VersionedBytes> load(LocalAccount account) {
        return documents.load(account);
    }

    @Override
    public void save(LocalAccount account, long previous, Bytes document) throws StoreRefusedException {
        documents.save(account, previous, document);
    }
}
