package dev.pychat.store.sqlite.internal;

import dev.pychat.store.directory.internal.DamagedFileException;
import dev.pychat.store.directory.internal.PrivateFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** The checksums of all pages of the database, in a file of 4 bytes for each. Confined to the writer's thread. */
final class PageSums {

    private static final int ENTRY = Integer.BYTES;

    private final Path file;

    PageSums(Path file) {
        this.file = file;
    }

    static int sum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /** The sums of a database file as it is, whose size is a number of whole pages. */
    static Map<Long, Integer> of(Path database, int pageBytes) throws IOException {
        Map<Long, Integer> sums = new TreeMap<>();
        visit(database, pageBytes, false, sums::put);
        return sums;
    }

    /** What is done with the sum of each page. */
    interface Visitor {
        void visit(long page, int sum);
    }

    /**
     * Visits the pages of a database file in their order.
     *
     * @param changing whether the process ended while pages were written: then the last may be there in part, and is left out
     */
    static void visit(Path database, int pageBytes, boolean changing, Visitor visitor) throws IOException {
        try (RandomAccessFile pages = new RandomAccessFile(database.toFile(), "r")) {
            if (!changing && pages.length() % pageBytes != 0) {
                throw new DamagedFileException(
                        database.getFileName() + " has " + pages.length() + " bytes, which are no whole pages");
            }
            byte[] page = new byte[pageBytes];
            long count = pages.length() / pageBytes;
            for (long number = 1; number <= count; number++) {
                pages.readFully(page);
                visitor.visit(number, sum(page, 0, pageBytes));
            }
        }
    }

    /**
     * All of them, the first page's first.
     *
     * @param changing whether the process ended while they were changed: then the last may be there in part
     */
    int[] read(boolean changing) throws IOException {
        if (!Files.exists(file) || !changing && Files.size(file) % ENTRY != 0) {
            throw new DamagedFileException(file.getFileName() + " is missing or cut off");
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        int[] sums = new int[bytes.remaining() / ENTRY];
        bytes.asIntBuffer().get(sums);
        return sums;
    }

    /** Puts new sums in the place of old ones, and makes that durable. */
    void apply(Map<Long, Integer> changed, long pages) throws IOException {
        PrivateFiles.createFile(file);
        try (RandomAccessFile sums = new RandomAccessFile(file.toFile(), "rw")) {
            sums.setLength(pages * ENTRY);
            for (Map.Entry<Long, Integer> each : changed.entrySet()) {
                if (each.getKey() <= pages) {
                    sums.seek((each.getKey() - 1) * ENTRY);
                    // Not by writeInt, which writes each byte for itself.
                    sums.write(
                            ByteBuffer.allocate(ENTRY).putInt(each.getValue()).array());
                }
            }
            sums.getFD().sync();
        }
    }
}
