package dev.pychat.store.directory.internal;

import dev.pychat.store.directory.DataDirectoryBusyException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps everybody else out of a data directory: other processes by a lock on a file, this process by a list, since closing
 * any channel of a locked file would give the lock away.
 */
public final class DirectoryLock implements Closeable {

    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Locks a directory.
     *
     * @param directory the directory, which is there
     * @return the lock
     * @throws IOException if it cannot be locked
     * @throws DataDirectoryBusyException if somebody has it
     */
    public static DirectoryLock acquire(Path directory) throws IOException, DataDirectoryBusyException {
        Path real = directory.toRealPath();
        if (!HELD.add(real)) {
            throw new DataDirectoryBusyException("the data directory " + directory + " is in use by this program");
        }
        boolean locked = false;
        try {
            DirectoryLock lock = new DirectoryLock(real, lock(real));
            locked = true;
            return lock;
        } finally {
            if (!locked) {
                HELD.remove(real);
            }
        }
    }

    private static FileChannel lock(Path directory) throws IOException, DataDirectoryBusyException {
        Path file = directory.resolve("lock");
        PrivateFiles.createFile(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (IOException | OverlappingFileLockException e) {
            channel.close();
            throw e;
        }
        if (lock == null) {
            channel.close();
            throw new DataDirectoryBusyException("the data directory " + directory + " is in use by another server");
        }
        return channel;
    }

    /** Idempotent: a second time must not give away what somebody else holds by then. */
    @Override
    public void close() throws IOException {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            channel.close();
        } finally {
            HELD.remove(directory);
        }
    }
}
