package dev.pychat.ref.server.store.internal;

import dev.pychat.ref.server.internal.PrivateFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps the mark in two slots that are written in turn, so that one of them is always whole. Confined to the log's lock.
 */
final class MarkFile implements Closeable {

    private static final long MAGIC = 0x7079636861746d31L;
    private static final int SLOT = 64;
    private static final int CONTENT = 44;

    private final RandomAccessFile file;
    private long sequence;

    MarkFile(Path path) throws IOException {
        PrivateFiles.createFile(path);
        this.file = new RandomAccessFile(path.toFile(), "rw");
    }

    /** The newest whole mark; empty if nothing was ever written. */
    Optional<Mark> read() throws IOException {
        if (file.length() == 0) {
            return Optional.empty();
        }
        byte[] both = new byte[2 * SLOT];
        file.seek(0);
        int length = Math.max(0, file.read(both));
        Optional<Mark> newest = Optional.empty();
        for (int at = 0; at + SLOT <= length; at += SLOT) {
            ByteBuffer slot = ByteBuffer.wrap(both, at, SLOT);
            boolean whole = slot.getLong() == MAGIC
                    && ByteBuffer.wrap(both).getInt(at + CONTENT) == PageSums.sum(both, at, CONTENT);
            long number = slot.getLong();
            if (whole && number > sequence) {
                sequence = number;
                newest = Optional.of(new Mark(slot.getLong(), slot.getLong(), slot.getLong(), slot.getInt()));
            }
        }
        if (newest.isEmpty()) {
            throw new DamagedLogException("both slots of the mark are damaged");
        }
        return newest;
    }

    void write(Mark mark) throws IOException {
        sequence++;
        ByteBuffer slot = ByteBuffer.allocate(SLOT)
                .putLong(MAGIC)
                .putLong(sequence)
                .putLong(mark.settled())
                .putLong(mark.synced())
                .putLong(mark.acknowledged())
                .putInt(mark.tail());
        slot.putInt(PageSums.sum(slot.array(), 0, CONTENT));
        file.seek(sequence % 2 * SLOT);
        file.write(slot.array());
    }

    void sync() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
