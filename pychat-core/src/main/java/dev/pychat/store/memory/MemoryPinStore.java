package dev.pychat.store.memory;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import dev.pychat.store.PinStore;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.VersionedBytes;
import java.util.List;
import java.util.Optional;

final class MemoryPinStore implements PinStore {

    private final VersionedDocuments<Username> documents;

    MemoryPinStore() {
        this(new VersionedDocuments<>(MAX_SIZE));
    }

    private MemoryPinStore(VersionedDocuments<Username> documents) {
        this.documents = documents;
    }

    MemoryPinStore copy() {
        return new MemoryPinStore(documents.copy());
    }

    @Override
    public List<Username> peers() {
        return documents.names();
    }

    @Override
    public Optional<VersionedBytes> load(Username peer) {
        return documents.load(peer);
    }

    @Override
    public void save(Username peer, long previous, Bytes document) throws StoreRefusedException {
        documents.save(peer, previous, document);
    }
}
