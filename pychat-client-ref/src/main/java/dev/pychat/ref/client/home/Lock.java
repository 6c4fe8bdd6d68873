package dev.pychat.ref.client.home;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock between processes, and between users in one process; the operating system releases it when its holder dies.
 *
 * <p>Thread-safe.
 */
final class Lock implements Closeable {
    /**
     * What this process holds. It must be known before the file is opened: closing any handle of a file releases the
     * process's locks on it (POSIX fcntl).
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel file;

    private Lock(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    /** Takes the lock if nobody else holds it. */
    static Optional<Lock> take(Path at) throws IOException {
        PrivateFiles.ensure(at);
        Path path = at.toRealPath();
        if (!HELD.add(path)) {
            return Optional.empty();
        }
        boolean taken = false;
        try {
            FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                taken = file.tryLock() != null;
                return taken ? Optional.of(new Lock(path, file)) : Optional.empty();
            } finally {
                if (!taken) {
                    file.close();
                }
            }
        } finally {
            if (!taken) {
                HELD.remove(path);
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
        HELD.remove(path);
    }
}
