package dev.pychat.ref.client.home;

import dev.pychat.store.LocalAccount;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptStore;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The histories that backups have brought to an account, {@code archives/REALM/NAME/PEER.log}. Thread-safe. */
final class FileArchives implements Closeable {
    private final ReentrantLock lock = new ReentrantLock();
    private final AccountPaths paths;
    private final Map<LocalAccount, FileTranscriptStore> open = new HashMap<>();

    FileArchives(Path directory) {
        this.paths = new AccountPaths(directory);
    }

    List<LocalAccount> list() throws StoreException {
        List<LocalAccount> all = new ArrayList<>();
        for (LocalAccount from : paths.list()) {
            if (!store(from).peers().isEmpty()) {
                all.add(from);
            }
        }
        return all;
    }

    TranscriptStore store(LocalAccount from) {
        lock.lock();
        try {
            return open.computeIfAbsent(from, absent -> new FileTranscriptStore(paths.of(from)));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try (Closing closing = new Closing()) {
            open.values().forEach(closing::add);
        } finally {
            lock.unlock();
        }
    }
}
