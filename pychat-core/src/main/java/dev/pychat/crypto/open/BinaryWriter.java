package dev.pychat.crypto.open;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Writes the canonical binary form of a structure: big-endian unsigned numbers, fixed fields as they are, variable ones
 * behind their length. {@link BinaryReader} reads it back.
 *
 * <p>What was written may be secret: closing erases the buffer, and so does every growth with the one before. A value that
 * does not fit its field is the caller's bug and throws {@link IllegalArgumentException}. Confined to one thread.
 */
public final class BinaryWriter implements AutoCloseable {

    private byte[] buffer = new byte[256];
    private int size;

    /** Makes an empty one. */
    public BinaryWriter() {}

    /**
     * Makes one that begins with a label.
     *
     * @param label the label
     */
    public BinaryWriter(Label label) {
        raw(label.bytes());
    }

    /**
     * Writes one byte.
     *
     * @param value 0 to 255
     * @return this
     */
    public BinaryWriter u8(int value) {
        return number(value, 1);
    }

    /**
     * Writes two bytes.
     *
     * @param value 0 to 65,535
     * @return this
     */
    public BinaryWriter u16(int value) {
        return number(value, 2);
    }

    /**
     * Writes four bytes.
     *
     * @param value 0 to 2^32 - 1
     * @return this
     */
    public BinaryWriter u32(long value) {
        return number(value, 4);
    }

    /**
     * Writes eight bytes.
     *
     * @param value 0 to 2^63 - 1
     * @return this
     */
    public BinaryWriter u64(long value) {
        return number(value, 8);
    }

    /**
     * Writes a truth value as one byte, 1 or 0.
     *
     * @param value the value
     * @return this
     */
    public BinaryWriter bool(boolean value) {
        return u8(value ? 1 : 0);
    }

    /**
     * Writes bytes without a length, for fields of fixed size.
     *
     * @param value the bytes
     * @return this
     */
    public BinaryWriter raw(Bytes value) {
        reserve(value.size());
        value.copyTo(ByteBuffer.wrap(buffer, size, value.size()));
        size += value.size();
        return this;
    }

    /**
     * Writes bytes without a length, for fields of fixed size.
     *
     * @param value the bytes, which are copied
     * @return this
     */
    public BinaryWriter raw(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, buffer, size, value.length);
        size += value.length;
        return this;
    }

    /**
     * Writes a length of one byte, then the bytes.
     *
     * @param value at most 255 bytes
     * @return this
     */
    public BinaryWriter bytes8(Bytes value) {
        return u8(value.size()).raw(value);
    }

    /**
     * Writes a length of two bytes, then the bytes.
     *
     * @param value at most 65,535 bytes
     * @return this
     */
    public BinaryWriter bytes16(Bytes value) {
        return u16(value.size()).raw(value);
    }

    /**
     * Writes a length of four bytes, then the bytes.
     *
     * @param value the bytes
     * @return this
     */
    public BinaryWriter bytes32(Bytes value) {
        return u32(value.size()).raw(value);
    }

    /**
     * Writes a user name: a length of one byte, then its ASCII bytes.
     *
     * @param name the name
     * @return this
     */
    public BinaryWriter username(Username name) {
        return bytes8(Bytes.adopt(name.value().getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * Writes a moment as milliseconds since 1970, eight bytes.
     *
     * @param time in the years 1970 to 9999; what is finer than a millisecond is cut off
     * @return this
     */
    public BinaryWriter time(Instant time) {
        long millis = time.toEpochMilli();
        if (millis > BinaryReader.LATEST_MILLIS) {
            throw new IllegalArgumentException(time + " lies outside the years 1970 to 9999");
        }
        return u64(millis);
    }

    /**
     * How much has been written.
     *
     * @return the number of bytes
     */
    public int size() {
        return size;
    }

    /**
     * What has been written, when none of it is secret.
     *
     * @return a copy
     */
    public Bytes toBytes() {
        return Bytes.adopt(toArray());
    }

    /**
     * What has been written, for the caller to erase where it is secret.
     *
     * @return a copy
     */
    public byte[] toArray() {
        return Arrays.copyOf(buffer, size);
    }

    /** Erases what has been written. */
    @Override
    public void close() {
        Arrays.fill(buffer, (byte) 0);
        size = 0;
    }

    private BinaryWriter number(long value, int width) {
        if (value < 0 || width < 8 && value >>> (8 * width) != 0) {
            throw new IllegalArgumentException(value + " does not fit an unsigned field of " + width + " bytes");
        }
        reserve(width);
        for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
            buffer[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    private void reserve(int more) {
        int needed = Math.addExact(size, more);
        if (needed > buffer.length) {
            byte[] before = buffer;
            buffer =
                    Arrays.copyOf(before, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * before.length)));
            Arrays.fill(before, (byte) 0);
        }
    }
}
