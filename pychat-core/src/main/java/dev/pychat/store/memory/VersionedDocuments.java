package dev.pychat.store.memory;

import dev.pychat.model.Bytes;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.VersionedBytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Documents by name, each replaced only by who knows its version. Thread-safe.
 *
 * @param <K> the names
 */
final class VersionedDocuments<K> {

    private final int maxSize;
    private final Map<K, VersionedBytes> documents = new HashMap<>();

    VersionedDocuments(int maxSize) {
        this.maxSize = maxSize;
    }

    synchronized VersionedDocuments<K> copy() {
        VersionedDocuments<K> copy = new VersionedDocuments<>(maxSize);
        copy.documents.putAll(documents);
        return copy;
    }

    synchronized List<K> names() {
        return List.copyOf(documents.keySet());
    }

    synchronized Optional<VersionedBytes> load(K name) {
        return Optional.ofNullable(documents.get(name));
    }

    synchronized void save(K name, long previous, Bytes document) throws StoreRefusedException {
        if (document.size() > maxSize) {
            throw new StoreRefusedException(
                    "a document of " + document.size() + " bytes for " + name + ", allowed are " + maxSize);
        }
        VersionedBytes present = documents.get(name);
        long version = present == null ? 0 : present.version();
        if (version != previous) {
            throw new StoreRefusedException(
                    "the document for " + name + " has version " + version + ", and not " + previous);
        }
        documents.put(name, new VersionedBytes(previous + 1, document));
    }
}
