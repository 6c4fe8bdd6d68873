package dev.pychat.store.internal.tree;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Writes the fields of a record one after another. Confined to one thread. */
final class RecordWriter {

    private static final int MORE = 0x80;
    private static final int SEVEN_BITS = 7;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** As many bytes as there are; the reader knows how many. */
    RecordWriter raw(Bytes bytes) {
        out.writeBytes(bytes.toArray());
        return this;
    }

    RecordWriter bit(boolean value) {
        out.write(value ? 1 : 0);
        return this;
    }

    /** Seven bits a byte, the lowest first. */
    RecordWriter count(long value) {
        long rest = value;
        while (rest >= MORE) {
            out.write((int) (rest & (MORE - 1) | MORE));
            rest >>>= SEVEN_BITS;
        }
        out.write((int) rest);
        return this;
    }

    RecordWriter moment(Instant time) {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(time.getEpochSecond())
                .putInt(time.getNano())
                .array());
        return this;
    }

    RecordWriter millis(Instant time) {
        return raw(Keys.number(time.toEpochMilli()));
    }

    RecordWriter sized(Bytes bytes) {
        return count(bytes.size()).raw(bytes);
    }

    RecordWriter text(String text) {
        return sized(Bytes.adopt(text.getBytes(StandardCharsets.UTF_8)));
    }

    RecordWriter name(Username name) {
        return text(name.value());
    }

    Bytes done() {
        return Bytes.adopt(out.toByteArray());
    }
}
