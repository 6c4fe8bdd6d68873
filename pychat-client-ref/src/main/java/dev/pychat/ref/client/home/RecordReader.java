package dev.pychat.ref.client.home;

import dev.pychat.model.Bytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads what a {@link RecordWriter} put. The records have passed their checksum, so that whatever does not fit was written
 * by a program that was wrong; it is reported as {@link IllegalArgumentException}. Confined to one thread.
 */
final class RecordReader {
    private final ByteBuffer in;
    private final Bytes all;

    RecordReader(Bytes all) {
        this.all = all;
        this.in = all.asByteBuffer();
    }

    int number() {
        return fits(in::getInt);
    }

    long longNumber() {
        return fits(in::getLong);
    }

    boolean flag() {
        return fits(in::get) != 0;
    }

    Bytes bytes() {
        int size = number();
        if (size < 0 || size > in.remaining()) {
            throw new IllegalArgumentException("a value of " + size + " bytes, " + in.remaining() + " are left");
        }
        Bytes value = all.slice(in.position(), size);
        in.position(in.position() + size);
        return value;
    }

    String name() {
        return new String(bytes().toArray(), StandardCharsets.US_ASCII);
    }

    private static <T> T fits(java.util.function.Supplier<T> value) {
        try {
            return value.get();
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the record ends too early", e);
        }
    }
}
