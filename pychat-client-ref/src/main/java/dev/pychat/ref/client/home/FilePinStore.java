package dev.pychat.ref.client.home;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import dev.pychat.store.PinStore;
import dev.pychat.store.StoreException;
import dev.pychat.store.VersionedBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Pins in a directory, one file for each peer. Thread-safe. */
final class FilePinStore implements PinStore {
    static final char KIND = 'P';

    private static final String SUFFIX = ".whole";

    private final ReentrantLock lock = new ReentrantLock();
    private final Path directory;

    FilePinStore(Path directory) throws IOException {
        this.directory = directory;
        PrivateFiles.createDirectories(directory);
    }

    @Override
    public List<Username> peers() throws StoreException {
        try {
            return NamedFiles.list(directory, SUFFIX);
        } catch (IOException e) {
            throw Failure.of(e);
        }
    }

    @Override
    public Optional<VersionedBytes> load(Username peer) throws StoreException {
        lock.lock();
        try {
            return file(peer).load();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void save(Username peer, long previous, Bytes document) throws StoreException {
        lock.lock();
        try {
            file(peer).save(previous, document);
        } finally {
            lock.unlock();
        }
    }

    private VersionedFile file(Username peer) {
        return new VersionedFile(directory.resolve(peer.value() + SUFFIX), KIND, MAX_SIZE);
    }
}
