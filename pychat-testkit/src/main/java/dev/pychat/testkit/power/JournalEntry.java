package dev.pychat.testkit.power;

import dev.pychat.model.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that a process did; {@code journal.c} says which there are.
 *
 * <p>Immutable and thread-safe.
 *
 * @param type the letter for what was done
 * @param inode the number of the file or directory; 0 if it is not about one, or about a path
 * @param number where it was written, or the length to which it was cut
 * @param content what was written, or a text
 * @param end where in the journal the entry ends
 */
public record JournalEntry(char type, long inode, long number, Bytes content, long end) {

    private static final int HEAD = 21;

    /** The content as text. */
    String text() {
        return new String(content.toArray(), StandardCharsets.UTF_8);
    }

    /**
     * Whether the process said something on its standard output, which is its content then.
     *
     * @return true if so
     */
    public boolean isSaid() {
        return type == 'A';
    }

    /**
     * Whether a file or directory was synced.
     *
     * @return true if so
     */
    public boolean isSync() {
        return type == 'S';
    }

    /** All that are whole; a process that was killed may have left a part of one. */
    static List<JournalEntry> read(Path journal) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(journal)).order(ByteOrder.nativeOrder());
        List<JournalEntry> entries = new ArrayList<>();
        while (bytes.remaining() >= HEAD) {
            char type = (char) bytes.get();
            long inode = bytes.getLong();
            long number = bytes.getLong();
            int length = bytes.getInt();
            if (length > bytes.remaining()) {
                break;
            }
            byte[] content = new byte[length];
            bytes.get(content);
            entries.add(new JournalEntry(type, inode, number, Bytes.adopt(content), bytes.position()));
        }
        return List.copyOf(entries);
    }
}
