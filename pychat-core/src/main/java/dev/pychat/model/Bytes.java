package dev.pychat.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An immutable sequence of bytes with equality by content. It holds public bytes only: key material has its own type,
 * which erases itself.
 *
 * <p>Immutable and thread-safe.
 */
public final class Bytes implements Comparable<Bytes> {

    /** The sequence of length zero. */
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int size;

    private Bytes(byte[] array, int offset, int size) {
        this.array = array;
        this.offset = offset;
        this.size = size;
    }

    /**
     * Copies an array.
     *
     * @param source the bytes to copy
     * @return a sequence that no later change of {@code source} touches
     */
    public static Bytes copyOf(byte[] source) {
        return adopt(source.clone());
    }

    /**
     * Copies a part of an array.
     *
     * @param source the array to copy from
     * @param from the index of the first byte
     * @param length how many bytes
     * @return the copied part
     * @throws IndexOutOfBoundsException if the part does not lie inside the array
     */
    public static Bytes copyOf(byte[] source, int from, int length) {
        java.util.Objects.checkFromIndexSize(from, length, source.length);
        return adopt(Arrays.copyOfRange(source, from, from + length));
    }

    /**
     * Takes an array over without a copy. The caller gives it up: whoever writes to it afterwards breaks the promise of
     * immutability. For arrays that were made a moment ago and that nobody else holds.
     *
     * @param owned the array, from now on this object's own
     * @return a sequence backed by {@code owned}
     */
    public static Bytes adopt(byte[] owned) {
        return owned.length == 0 && EMPTY != null ? EMPTY : new Bytes(owned, 0, owned.length);
    }

    /**
     * Reads hexadecimal digits of either case, two for each byte.
     *
     * @param hex the digits
     * @return the bytes they name
     * @throws IllegalArgumentException if the text is not hexadecimal digits in pairs
     */
    public static Bytes fromHex(String hex) {
        return adopt(HexFormat.of().parseHex(hex));
    }

    /**
     * Reads base64url without padding (RFC 4648, section 5), in its one canonical spelling.
     *
     * @param text the encoded bytes
     * @return the bytes
     * @throws IllegalArgumentException if the text is anything else than the canonical spelling of some bytes
     */
    public static Bytes fromBase64Url(String text) {
        Bytes decoded = adopt(Base64.getUrlDecoder().decode(text));
        if (!decoded.base64Url().equals(text)) {
            throw new IllegalArgumentException("not canonical base64url without padding");
        }
        return decoded;
    }

    /**
     * Draws random bytes.
     *
     * @param random the source
     * @param size how many bytes
     * @return fresh random bytes
     */
    public static Bytes random(SecureRandom random, int size) {
        byte[] drawn = new byte[size];
        random.nextBytes(drawn);
        return adopt(drawn);
    }

    /**
     * Joins several sequences.
     *
     * @param parts the sequences in order
     * @return all their bytes in one sequence
     */
    public static Bytes concat(Bytes... parts) {
        int total = 0;
        for (Bytes part : parts) {
            total = Math.addExact(total, part.size);
        }
        ByteBuffer joined = ByteBuffer.allocate(total);
        for (Bytes part : parts) {
            joined.put(part.array, part.offset, part.size);
        }
        return adopt(joined.array());
    }

    /**
     * The length.
     *
     * @return how many bytes there are
     */
    public int size() {
        return size;
    }

    /**
     * Whether there is no byte.
     *
     * @return true if the length is zero
     */
    public boolean isEmpty() {
        return size == 0;
    }

    /**
     * One byte.
     *
     * @param index its index, from 0
     * @return the byte, signed as Java has it
     * @throws IndexOutOfBoundsException if there is no such byte
     */
    public byte at(int index) {
        return array[offset + java.util.Objects.checkIndex(index, size)];
    }

    /**
     * A part of this sequence, sharing its memory.
     *
     * @param from the index of the first byte
     * @param length how many bytes
     * @return the part
     * @throws IndexOutOfBoundsException if the part does not lie inside this sequence
     */
    public Bytes slice(int from, int length) {
        java.util.Objects.checkFromIndexSize(from, length, size);
        return new Bytes(array, offset + from, length);
    }

    /**
     * Copies the bytes out.
     *
     * @return a new array that is the caller's own
     */
    public byte[] toArray() {
        return Arrays.copyOfRange(array, offset, offset + size);
    }

    /**
     * A view for reading.
     *
     * @return a read-only big-endian buffer over these bytes, positioned at the first
     */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(array, offset, size).slice().asReadOnlyBuffer();
    }

    /**
     * Copies the bytes into a buffer at its position.
     *
     * @param target the buffer, which advances by {@link #size()}
     * @throws java.nio.BufferOverflowException if they do not fit; then nothing is written
     */
    public void copyTo(ByteBuffer target) {
        target.put(array, offset, size);
    }

    /**
     * Writes the bytes to a stream.
     *
     * @param target the stream
     * @throws IOException if the stream fails
     */
    public void writeTo(OutputStream target) throws IOException {
        target.write(array, offset, size);
    }

    /**
     * The bytes as lower-case hexadecimal digits.
     *
     * @return two digits for each byte
     */
    public String hex() {
        return HexFormat.of().formatHex(array, offset, offset + size);
    }

    /**
     * The bytes as base64url without padding (RFC 4648, section 5).
     *
     * @return the encoded text
     */
    public String base64Url() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(toArray());
    }

    /** Orders by unsigned bytes, the shorter first where one is a prefix of the other. */
    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(
                array, offset, offset + size, other.array, other.offset, other.offset + other.size);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && Arrays.equals(array, offset, offset + size, that.array, that.offset, that.offset + that.size);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + size; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** A short form for logs and messages: the length and the first bytes. */
    @Override
    public String toString() {
        return size <= 16 ? hex() : slice(0, 8).hex() + "...(" + size + " bytes)";
    }

    static Bytes requireSize(Bytes value, int expected, String what) {
        if (value.size != expected) {
            throw new IllegalArgumentException(what + " has " + value.size + " bytes, must have " + expected);
        }
        return value;
    }
}
