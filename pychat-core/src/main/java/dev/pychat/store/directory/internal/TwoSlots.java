package dev.pychat.store.directory.internal;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * A few bytes in a file, in two slots that are written in turn, so that one of them is always whole. Confined to one thread, or
 * guarded by its owner; no interrupt closes it.
 */
public final class TwoSlots implements Closeable {

    /** How many bytes are kept. */
    public static final int PAYLOAD = 28;

    /** How many bytes of the file both slots take. */
    public static final int BYTES = 128;

    private static final int SLOT = BYTES / 2;
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

    private TwoSlots(RandomAccessFile file, long magic) {
        this.file = file;
        this.magic = magic;
    }

    /**
     * Opens a file to be read only.
     *
     * @param path the file
     * @param magic with what each slot begins
     * @return the slots
     * @throws java.io.FileNotFoundException if it is not there
     */
    public static TwoSlots toRead(Path path, long magic) throws IOException {
        return new TwoSlots(new RandomAccessFile(path.toFile(), "r"), magic);
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
        List<ByteBuffer> whole = whole();
        if (whole.isEmpty()) {
            throw new DamagedFileException("both slots of the mark are damaged");
        }
        return Optional.of(whole.get(0));
    }

    /**
     * Reads the slots that are whole.
     *
     * @return {@value #PAYLOAD} bytes of each, what was written last first
     * @throws IOException if the file can't be read
     */
    public List<ByteBuffer> whole() throws IOException {
        byte[] both = bytes(BYTES);
        NavigableMap<Long, ByteBuffer> whole = new TreeMap<>();
        for (int at = 0; at < both.length; at += SLOT) {
            ByteBuffer slot = ByteBuffer.wrap(both, at, SLOT);
            boolean isWhole =
                    slot.getLong() == magic && ByteBuffer.wrap(both).getInt(at + HEADER + PAYLOAD) == sum(both, at);
            long number = slot.getLong();
            if (isWhole) {
                whole.put(number, slot.slice().limit(PAYLOAD));
                sequence = Math.max(sequence, number);
            }
        }
        return List.copyOf(whole.descendingMap().values());
    }

    /**
     * Whether each slot is as it was written, or was never written, and nothing is behind them.
     *
     * @param room how many bytes from the start of the file on nobody else writes, at least {@value #BYTES}
     * @return false if something is altered
     * @throws IOException if the file can't be read
     */
    public boolean isIntact(int room) throws IOException {
        int whole = whole().size();
        byte[] bytes = bytes(room);
        byte[] blank = new byte[room];
        int blanks = 0;
        for (int at = 0; at < BYTES; at += SLOT) {
            blanks += Arrays.equals(bytes, at, at + SLOT, blank, at, at + SLOT) ? 1 : 0;
        }
        return whole == Math.min(2, sequence)
                && whole + blanks == 2
                && Arrays.equals(bytes, BYTES, room, blank, BYTES, room);
    }

    /** The first of the file; zeros where it is shorter. */
    private byte[] bytes(int count) throws IOException {
        byte[] bytes = new byte[count];
        file.seek(0);
        int length = 0;
        for (int read = 0; read >= 0 && length < count; length += Math.max(0, read)) {
            read = file.read(bytes, length, count - length);
        }
        return bytes;
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
