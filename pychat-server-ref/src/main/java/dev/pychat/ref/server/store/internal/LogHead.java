package dev.pychat.ref.server.store.internal;

import dev.pychat.store.directory.internal.TwoSlots;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * The head of a file of the log, with its last two seals. It is in the same file as what it seals, so one sync makes both durable.
 * Confined to Xodus's commit lock, or to whoever opens the log.
 */
final class LogHead implements Closeable {

    /** A block of the disk, so that the pages of the log lie on blocks as well. */
    static final int BYTES = 4096;

    private static final long MAGIC = 0x7079636861746c31L;

    private final TwoSlots slots;
    private final List<Seal> found;

    /** Of a file that is there or is made by this, to be written as well. */
    LogHead(Path file) throws IOException {
        this(new TwoSlots(file, MAGIC));
    }

    private LogHead(TwoSlots slots) throws IOException {
        this.slots = slots;
        this.found = slots.whole().stream().map(LogHead::seal).toList();
    }

    /** Of a file that is there. */
    static LogHead toRead(Path file) throws IOException {
        return new LogHead(TwoSlots.toRead(file, MAGIC));
    }

    /** Those that were whole when it was opened, the newest first. */
    List<Seal> found() {
        return found;
    }

    /** Whether nothing was ever sealed in it. */
    boolean isBlank() throws IOException {
        return found.isEmpty() && isIntact();
    }

    private static Seal seal(ByteBuffer slot) {
        return new Seal(slot.getLong(), slot.getLong(), slot.getInt(), slot.getInt() != 0);
    }

    /** Whether it is as it was written. */
    boolean isIntact() throws IOException {
        return slots.isIntact(BYTES);
    }

    /** Takes the place of the older one, and is not made durable. */
    void write(Seal seal) throws IOException {
        slots.write(ByteBuffer.allocate(TwoSlots.PAYLOAD)
                .putLong(seal.from())
                .putLong(seal.end())
                .putInt(seal.sum())
                .putInt(seal.synced() ? 1 : 0)
                .rewind());
    }

    void sync() throws IOException {
        slots.sync();
    }

    @Override
    public void close() throws IOException {
        slots.close();
    }
}
