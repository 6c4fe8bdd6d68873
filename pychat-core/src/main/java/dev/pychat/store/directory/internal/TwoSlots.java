package dev.pychat.store.directory.internal;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A few bytes in a file, in two slots that are written in turn, so that one of them is always whole. Confined to one thread, or
 * guarded by its owner; no interrupt closes it.
 */
public final class TwoSlots implements Closeable {

    /** How many bytes are kept. */
    public static final int PAYLOAD = 28;

    private static final int SLOT = 64;
    private static final int HEADER = 2 * Long.BYTES;

    private final RandomAccessFile file;
    private final long magic;
    private long sequence;

    /**
     * Opens the file, and makes it if it is not there.
     *
     * @param path the file
     * @param magic with what each slot begins
     * @throws IOException if that fails
     */
    public TwoSlots(Path path, long magic) throws IOException {
        PrivateFiles.createFile(path);
        this.file = new RandomAccessFile(path.toFile(), "rw");
        this.magic = magic;
    }

    /**
     * Reads what was written last.
     *
     * @return {@value #PAYLOAD} bytes; empty if nothing was ever written
     * @throws IOException if the file can't be read
     * @throws DamagedFileException if no slot is whole
     */
    public Optional<ByteBuffer> read() throws IOException {
        if (file.length() == 0) {
            return Optional.empty();
        }
        byte[] both = new byte[2 * SLOT];
        file.seek(0);
        int length = Math.max(0, file.read(both));
        Optional<ByteBuffer> newest = Optional.empty();
        for (int at = 0; at + SLOT <= length; at += SLOT) {
            ByteBuffer slot = ByteBuffer.wrap(both, at, SLOT);
            boolean whole =
                    slot.getLong() == magic && ByteBuffer.wrap(both).getInt(at + HEADER + PAYLOAD) == sum(both, at);
            long number = slot.getLong();
            if (whole && number > sequence) {
                sequence = number;
                newest = Optional.of(slot.slice().limit(PAYLOAD));
            }
        }
        if (newest.isEmpty()) {
            throw new DamagedFileException("both slots of the mark are damaged");
        }
        return newest;
    }

    /**
     * Writes, and makes nothing durable.
     *
     * @param payload {@value #PAYLOAD} bytes
     * @throws IOException if that fails
     */
    public void write(ByteBuffer payload) throws IOException {
        sequence++;
        ByteBuffer slot =
                ByteBuffer.allocate(SLOT).putLong(magic).putLong(sequence).put(payload);
        slot.putInt(sum(slot.array(), 0));
        file.seek(sequence % 2 * SLOT);
        file.write(slot.array());
    }

    /**
     * Makes what was written durable.
     *
     * @throws IOException if that fails
     */
    public void sync() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static int sum(byte[] bytes, int from) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, HEADER + PAYLOAD);
        return (int) crc.getValue();
    }
}
