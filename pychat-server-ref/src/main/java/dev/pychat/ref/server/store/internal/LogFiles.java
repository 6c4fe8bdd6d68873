package dev.pychat.ref.server.store.internal;

import dev.pychat.store.directory.internal.PrivateFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import jetbrains.exodus.log.LogUtil;

/**
 * The files of the log, named by the address of their first byte, each behind its {@link LogHead}. Thread-safe; an interrupt does not
 * close what is read, as it would with a channel.
 */
final class LogFiles implements Closeable {

    /** The bytes of the log in each file but the last. */
    static final long FILE = 8 * 1024 * 1024L;

    private static final int MAX_OPEN = 64;

    private final Path directory;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, RandomAccessFile> open = new LinkedHashMap<>(MAX_OPEN, 0.75f, true);

    LogFiles(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    Path path(long address) {
        return directory.resolve(LogUtil.getLogFilename(address));
    }

    /** How many bytes of the log a file has. */
    long length(long address) throws IOException {
        return Math.max(0, Files.size(path(address)) - LogHead.BYTES);
    }

    /** Where in its file a byte is. */
    static long offset(long position) {
        return LogHead.BYTES + position;
    }

    List<Long> addresses() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(LogUtil::isLogFileName)
                    .map(LogUtil::getAddress)
                    .sorted()
                    .toList();
        }
    }

    /** Reads until the array's part or the file is full, and says how much that was. */
    int read(long address, long position, byte[] target, int offset, int count) throws IOException {
        lock.lock();
        try {
            RandomAccessFile file = opened(address);
            file.seek(offset(position));
            int total = 0;
            while (total < count) {
                int read = file.read(target, offset + total, count - total);
                if (read < 0) {
                    break;
                }
                total += read;
            }
            return total;
        } finally {
            lock.unlock();
        }
    }

    /** Makes durable which files there are. */
    void syncDirectory() throws IOException {
        PrivateFiles.syncDirectory(directory);
    }

    /** Makes all that there is from an address on durable. */
    void sync(long from) throws IOException {
        for (long address : addresses()) {
            if (address + FILE > from) {
                try (RandomAccessFile file = new RandomAccessFile(path(address).toFile(), "rw")) {
                    file.getFD().sync();
                }
            }
        }
    }

    /** Removes all that there is from an address on. */
    void cut(long end) throws IOException {
        for (long address : addresses()) {
            if (address >= end && address > 0) {
                delete(address);
            } else if (address + length(address) > end) {
                try (RandomAccessFile file = new RandomAccessFile(path(address).toFile(), "rw")) {
                    file.setLength(offset(end - address));
                }
            }
        }
    }

    /** Removes the end of one file, durably. */
    void cut(long address, long length) throws IOException {
        forget(address);
        try (RandomAccessFile file = new RandomAccessFile(path(address).toFile(), "rw")) {
            file.setLength(offset(length));
            file.getFD().sync();
        }
    }

    void delete(long address) throws IOException {
        Files.deleteIfExists(path(address));
        forget(address);
    }

    void forget(long address) throws IOException {
        lock.lock();
        try {
            RandomAccessFile file = open.remove(address);
            if (file != null) {
                file.close();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            for (RandomAccessFile file : new ArrayList<>(open.values())) {
                file.close();
            }
            open.clear();
        } finally {
            lock.unlock();
        }
    }

    private RandomAccessFile opened(long address) throws IOException {
        RandomAccessFile present = open.get(address);
        if (present != null) {
            return present;
        }
        if (open.size() >= MAX_OPEN) {
            Iterator<RandomAccessFile> oldest = open.values().iterator();
            oldest.next().close();
            oldest.remove();
        }
        RandomAccessFile file = new RandomAccessFile(path(address).toFile(), "r");
        open.put(address, file);
        return file;
    }
}
