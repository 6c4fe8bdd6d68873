package dev.pychat.ref.client.home;

import dev.pychat.model.Bytes;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.VersionedBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A document with the number of times it was written, as one file: {@code u64 version | document}. Confined to the store's
 * lock.
 */
final class VersionedFile {
    private final Path path;
    private final WholeFile file;
    private final int maxSize;

    VersionedFile(Path path, char kind, int maxSize) {
        this.path = path;
        this.file = new WholeFile(path, kind);
        this.maxSize = maxSize;
    }

    Optional<VersionedBytes> load() throws StoreException {
        try {
            Optional<Bytes> content = file.read();
            return content.isEmpty() ? Optional.empty() : Optional.of(split(content.get()));
        } catch (IOException e) {
            throw Failure.of(e);
        }
    }

    void save(long previous, Bytes document) throws StoreException {
        if (document.size() > maxSize) {
            throw new StoreRefusedException(
                    "a document of " + document.size() + " bytes for " + path + ", allowed are " + maxSize);
        }
        long version = load().map(VersionedBytes::version).orElse(0L);
        if (version != previous) {
            throw new StoreRefusedException(path + " has version " + version + ", and not " + previous);
        }
        Bytes number = Bytes.adopt(
                ByteBuffer.allocate(Long.BYTES).putLong(previous + 1).array());
        try {
            file.write(Bytes.concat(number, document));
        } catch (IOException e) {
            throw Failure.of(e, false);
        }
    }

    private VersionedBytes split(Bytes content) throws HomeException {
        long version = content.size() < Long.BYTES ? 0 : content.asByteBuffer().getLong();
        if (version < 1) {
            throw FileHeader.damaged(path, "has no version");
        }
        return new VersionedBytes(version, content.slice(Long.BYTES, content.size() - Long.BYTES));
    }
}
