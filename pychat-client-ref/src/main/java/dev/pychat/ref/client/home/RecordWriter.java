package dev.pychat.ref.client.home;

import dev.pychat.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Puts values one behind the other, numbers big-endian, what has no fixed length behind its length. Confined to one thread. */
final class RecordWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    RecordWriter number(int value) {
        return raw(ByteBuffer.allocate(4).putInt(value).array());
    }

    RecordWriter number(long value) {
        return raw(ByteBuffer.allocate(8).putLong(value).array());
    }

    RecordWriter flag(boolean value) {
        out.write(value ? 1 : 0);
        return this;
    }

    RecordWriter bytes(Bytes value) {
        number(value.size());
        return raw(value.toArray());
    }

    RecordWriter name(String ascii) {
        return bytes(Bytes.adopt(ascii.getBytes(StandardCharsets.US_ASCII)));
    }

    Bytes written() {
        return Bytes.adopt(out.toByteArray());
    }

    private RecordWriter raw(byte[] value) {
        out.write(value, 0, value.length);
        return this;
    }
}
