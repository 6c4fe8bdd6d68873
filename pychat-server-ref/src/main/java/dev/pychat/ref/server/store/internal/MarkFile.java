package dev.pychat.ref.server.store.internal;

import dev.pychat.store.directory.internal.DamagedFileException;
import dev.pychat.store.directory.internal.TwoSlots;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps the mark. Confined to the log's lock. */
final class MarkFile implements Closeable {

    private static final long MAGIC = 0x7079636861746d31L;

    private final TwoSlots slots;

    MarkFile(Path path) throws IOException {
        this.slots = new TwoSlots(path, MAGIC);
    }

    /** The newest whole mark; empty if nothing was ever written. */
    Optional<Mark> read() throws IOException {
        try {
            return slots.read().map(slot -> new Mark(slot.getLong(), slot.getLong(), slot.getLong(), slot.getInt()));
        } catch (DamagedFileException e) {
            throw new DamagedLogException(String.valueOf(e.getMessage()));
        }
    }

    void write(Mark mark) throws IOException {
        slots.write(ByteBuffer.allocate(TwoSlots.PAYLOAD)
                .putLong(mark.settled())
                .putLong(mark.synced())
                .putLong(mark.acknowledged())
                .putInt(mark.tail())
                .flip());
    }

    void sync() throws IOException {
        slots.sync();
    }

    @Override
    public void close() throws IOException {
        slots.close();
    }
}
