package dev.pychat.ref.server.store.internal;

import dev.pychat.store.directory.internal.PrivateFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;

/** The checksums of the full pages, in a file of 8 bytes for each. Thread-safe; no interrupt closes it. */
final class PageSums implements Closeable {

    /** The bytes of a page: what a message read alone costs to read and check. */
    static final int PAGE = 16 * 1024;

    private static final int ENTRY = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final RandomAccessFile file;

    PageSums(Path path) throws IOException {
        PrivateFiles.createFile(path);
        this.file = new RandomAccessFile(path.toFile(), "rw");
    }

    static int sum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /** Empty if the page has none; wrong on purpose if the entry itself is damaged, which no page then matches. */
    OptionalInt get(long page) throws IOException {
        byte[] entry = new byte[ENTRY];
        lock.lock();
        try {
            if (file.length() < (page + 1) * ENTRY) {
                return OptionalInt.empty();
            }
            file.seek(page * ENTRY);
            file.readFully(entry);
        } finally {
            lock.unlock();
        }
        ByteBuffer read = ByteBuffer.wrap(entry);
        int sum = read.getInt();
        int check = read.getInt();
        if (sum == 0 && check == 0) {
            return OptionalInt.empty();
        }
        if (check != check(page, sum)) {
            throw new DamagedLogException("the checksum of page " + page + " is damaged itself");
        }
        return OptionalInt.of(sum);
    }

    void put(long page, int sum) throws IOException {
        byte[] entry =
                ByteBuffer.allocate(ENTRY).putInt(sum).putInt(check(page, sum)).array();
        lock.lock();
        try {
            file.seek(page * ENTRY);
            file.write(entry);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the sums of a page and of all behind it, durably. */
    void forgetFrom(long page) throws IOException {
        lock.lock();
        try {
            if (file.length() > page * ENTRY) {
                file.setLength(page * ENTRY);
            }
            file.getFD().sync();
        } finally {
            lock.unlock();
        }
    }

    void sync() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static int check(long page, int sum) {
        return Long.hashCode((page + 1) * 0x9E3779B97F4A7C15L) ^ Integer.rotateLeft(sum, 16) ^ 0x70796368;
    }
}
