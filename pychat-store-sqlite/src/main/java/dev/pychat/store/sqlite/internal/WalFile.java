package dev.pychat.store.sqlite.internal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What the write-ahead log of SQLite holds, by the rules by which SQLite finds its end: the format is section 4 of
 * https://sqlite.org/fileformat2.html. Immutable and thread-safe.
 *
 * @param salt the two salts of its header as one number; 0 if it has no whole header
 * @param frames how many frames there are up to the end of the last transaction that is whole
 * @param sum the two checksums of the last of them as one number
 * @param pages of each page that they hold the CRC-32C of its last form
 * @param size how many pages the database has behind that transaction; 0 if there is none
 */
record WalFile(long salt, long frames, long sum, Map<Long, Integer> pages, long size) {

    static final WalFile EMPTY = new WalFile(0, 0, 0, Map.of(), 0);

    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int BIG_ENDIAN = 0x377f0683;
    private static final int LITTLE_ENDIAN = 0x377f0682;
    private static final int VERSION = 3007000;

    static WalFile read(Path path, int pageBytes) throws IOException {
        if (!Files.exists(path)) {
            return EMPTY;
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            if (file.length() < HEADER) {
                return EMPTY;
            }
            byte[] header = new byte[HEADER];
            file.readFully(header);
            return new Reader(file, header, pageBytes).read();
        }
    }

    /** Reads one log; confined to one call. */
    private static final class Reader {
        private final RandomAccessFile file;
        private final ByteBuffer header;
        private final int pageBytes;
        private final ByteOrder order;
        private int first;
        private int second;

        Reader(RandomAccessFile file, byte[] header, int pageBytes) {
            this.file = file;
            this.header = ByteBuffer.wrap(header);
            this.pageBytes = pageBytes;
            this.order = this.header.getInt(0) == BIG_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        }

        WalFile read() throws IOException {
            sum(header.array(), 0, HEADER - 8);
            boolean whole = (header.getInt(0) == BIG_ENDIAN || header.getInt(0) == LITTLE_ENDIAN)
                    && header.getInt(4) == VERSION
                    && header.getInt(8) == pageBytes
                    && sumIs(header, HEADER - 8);
            if (!whole) {
                return EMPTY;
            }
            long salt = header.getLong(16);
            WalFile committed = new WalFile(salt, 0, 0, Map.of(), 0);
            Map<Long, Integer> kept = new HashMap<>();
            Map<Long, Integer> open = new HashMap<>();
            byte[] bytes = new byte[FRAME_HEADER + pageBytes];
            ByteBuffer frame = ByteBuffer.wrap(bytes);
            for (long count = 1; file.getFilePointer() + bytes.length <= file.length(); count++) {
                file.readFully(bytes);
                sum(bytes, 0, 8);
                sum(bytes, FRAME_HEADER, pageBytes);
                if (frame.getLong(8) != salt || frame.getInt(0) == 0 || !sumIs(frame, 16)) {
                    break;
                }
                open.put(Integer.toUnsignedLong(frame.getInt(0)), PageSums.sum(bytes, FRAME_HEADER, pageBytes));
                long size = Integer.toUnsignedLong(frame.getInt(4));
                if (size > 0) {
                    kept.putAll(open);
                    open.clear();
                    committed = new WalFile(salt, count, frame.getLong(16), kept, size);
                }
            }
            return committed;
        }

        private boolean sumIs(ByteBuffer at, int offset) {
            return at.getInt(offset) == first && at.getInt(offset + 4) == second;
        }

        private void sum(byte[] bytes, int from, int length) {
            ByteBuffer words = ByteBuffer.wrap(bytes, from, length).order(order);
            while (words.hasRemaining()) {
                first += words.getInt() + second;
                second += words.getInt() + first;
            }
        }
    }

    /** Where in a log a number of frames ends. */
    static long end(long frames, int pageBytes) {
        return HEADER + frames * (FRAME_HEADER + pageBytes);
    }

    /**
     * The mark behind a transaction that was just committed, which is the one that begins behind a mark.
     *
     * @param file the log
     * @param before the mark before the transaction
     */
    static Mark advance(RandomAccessFile file, Mark before, int pageBytes) throws IOException {
        byte[] header = new byte[HEADER];
        file.seek(0);
        file.readFully(header);
        long salt = ByteBuffer.wrap(header).getLong(16);
        long frames = before.salt() == salt ? before.frames() : 0;
        byte[] bytes = new byte[FRAME_HEADER];
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        do {
            file.seek(end(frames, pageBytes));
            file.readFully(bytes);
            frames++;
            if (frame.getLong(8) != salt) {
                throw new IOException("the log has no end of a transaction where one was committed");
            }
        } while (frame.getInt(4) == 0);
        return new Mark(salt, frames, frame.getLong(16));
    }
}
