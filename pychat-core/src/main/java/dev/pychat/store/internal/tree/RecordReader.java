package dev.pychat.store.internal.tree;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Reads the fields of a record, whose checksum was right, in the order in which they were written. Confined to one thread. */
final class RecordReader {

    private static final int MORE = 0x80;
    private static final int SEVEN_BITS = 7;

    private final Bytes record;
    private int at;

    RecordReader(Bytes record) {
        this.record = record;
    }

    Bytes raw(int size) {
        Bytes part = record.slice(at, size);
        at += size;
        return part;
    }

    Bytes rest() {
        return raw(record.size() - at);
    }

    boolean bit() {
        return record.at(at++) != 0;
    }

    long count() {
        long value = 0;
        int shift = 0;
        int next = MORE;
        while ((next & MORE) != 0) {
            next = record.at(at++);
            value |= (long) (next & (MORE - 1)) << shift;
            shift += SEVEN_BITS;
        }
        return value;
    }

    Instant moment() {
        ByteBuffer fields = raw(Long.BYTES + Integer.BYTES).asByteBuffer();
        return Instant.ofEpochSecond(fields.getLong(), fields.getInt());
    }

    Instant millis() {
        return Instant.ofEpochMilli(number(raw(Long.BYTES)));
    }

    Bytes sized() {
        return raw((int) count());
    }

    String text() {
        return new String(sized().toArray(), StandardCharsets.UTF_8);
    }

    Username name() {
        return new Username(text());
    }

    static long number(Bytes bytes) {
        return bytes.asByteBuffer().getLong();
    }
}
