package dev.pychat.store.sqlite.internal;

import dev.pychat.store.directory.internal.DamagedFileException;
import dev.pychat.store.directory.internal.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the sums will be when the log has gone into the database. The file is there while that is under way, and a while after:
 * so that a crash in the middle can be told from damage. Immutable and thread-safe.
 *
 * @param pages how many pages the database will have
 * @param sums the sums of the pages that change
 */
record NextSums(long pages, Map<Long, Integer> sums) {

    private static final int HEADER = Long.BYTES;
    private static final int ENTRY = Long.BYTES + Integer.BYTES;

    static Optional<NextSums> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length - Integer.BYTES;
        ByteBuffer content = ByteBuffer.wrap(bytes);
        if (end < HEADER || (end - HEADER) % ENTRY != 0 || content.getInt(end) != PageSums.sum(bytes, 0, end)) {
            throw new DamagedFileException(file.getFileName() + " is not what was written");
        }
        long pages = content.getLong();
        Map<Long, Integer> sums = new HashMap<>();
        while (content.position() < end) {
            sums.put(content.getLong(), content.getInt());
        }
        return Optional.of(new NextSums(pages, sums));
    }

    /** Durably, and in one step. */
    void write(Path file) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(HEADER + sums.size() * ENTRY + Integer.BYTES);
        content.putLong(pages);
        sums.forEach((page, sum) -> content.putLong(page).putInt(sum));
        content.putInt(PageSums.sum(content.array(), 0, content.position()));
        PrivateFiles.write(file, content.array());
    }
}
