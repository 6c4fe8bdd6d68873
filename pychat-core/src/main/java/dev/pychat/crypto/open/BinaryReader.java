package dev.pychat.crypto.open;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Reads what {@link BinaryWriter} wrote, from bytes that may be hostile. Every length is held against its limit and against
 * what is left before anything is taken, and there is one exception for all that can be wrong. Variable parts share the
 * memory of the input.
 *
 * <p>Confined to one thread.
 */
public final class BinaryReader {

    /** The last millisecond of the year 9999. */
    static final long LATEST_MILLIS = 253_402_300_799_999L;

    private final String structure;
    private final Bytes input;
    private int position;

    /**
     * Begins at the first byte.
     *
     * @param structure what is read, for messages, such as "key bundle"
     * @param input the bytes
     */
    public BinaryReader(String structure, Bytes input) {
        this.structure = structure;
        this.input = input;
    }

    /**
     * Begins at the first byte of something of limited size.
     *
     * @param structure what is read, for messages
     * @param input the bytes
     * @param limit the most bytes that it may have
     * @return a reader at the first byte
     * @throws MalformedException if there are more
     */
    public static BinaryReader limited(String structure, Bytes input, int limit) throws MalformedException {
        if (input.size() > limit) {
            throw new MalformedException(structure, input.size() + " bytes, allowed are " + limit);
        }
        return new BinaryReader(structure, input);
    }

    /**
     * Reads one byte.
     *
     * @param field its name, for messages
     * @return 0 to 255
     * @throws MalformedException if the input ends before
     */
    public int u8(String field) throws MalformedException {
        return (int) number(field, 1);
    }

    /**
     * Reads two bytes.
     *
     * @param field its name, for messages
     * @return 0 to 65,535
     * @throws MalformedException if the input ends before
     */
    public int u16(String field) throws MalformedException {
        return (int) number(field, 2);
    }

    /**
     * Reads four bytes.
     *
     * @param field its name, for messages
     * @return 0 to 2^32 - 1
     * @throws MalformedException if the input ends before
     */
    public long u32(String field) throws MalformedException {
        return number(field, 4);
    }

    /**
     * Reads eight bytes.
     *
     * @param field its name, for messages
     * @return 0 to 2^63 - 1
     * @throws MalformedException if the input ends before, or the value is 2^63 or more
     */
    public long u64(String field) throws MalformedException {
        long value = number(field, 8);
        if (value < 0) {
            throw malformed(field + " is 2^63 or more");
        }
        return value;
    }

    /**
     * Reads a truth value.
     *
     * @param field its name, for messages
     * @return true for 1, false for 0
     * @throws MalformedException if the input ends before, or the byte is neither
     */
    public boolean bool(String field) throws MalformedException {
        return u8(field, 0, 1) == 1;
    }

    /**
     * Reads one byte within limits.
     *
     * @param field its name, for messages
     * @param least the smallest allowed value
     * @param most the largest allowed value
     * @return the value
     * @throws MalformedException if the input ends before, or the value lies outside
     */
    public int u8(String field, int least, int most) throws MalformedException {
        int value = u8(field);
        if (value < least || value > most) {
            throw malformed(field + " is " + value + ", allowed are " + least + " to " + most);
        }
        return value;
    }

    /**
     * Reads a field of fixed size.
     *
     * @param field its name, for messages
     * @param size how many bytes
     * @return the bytes
     * @throws MalformedException if the input ends before
     */
    public Bytes raw(String field, int size) throws MalformedException {
        require(field, size);
        Bytes value = input.slice(position, size);
        position += size;
        return value;
    }

    /**
     * Reads bytes behind a length of one byte.
     *
     * @param field its name, for messages
     * @param limit the most bytes allowed
     * @return the bytes
     * @throws MalformedException if the input ends before, or there are too many
     */
    public Bytes bytes8(String field, int limit) throws MalformedException {
        return counted(field, u8(field + " length"), limit);
    }

    /**
     * Reads bytes behind a length of two bytes.
     *
     * @param field its name, for messages
     * @param limit the most bytes allowed
     * @return the bytes
     * @throws MalformedException if the input ends before, or there are too many
     */
    public Bytes bytes16(String field, int limit) throws MalformedException {
        return counted(field, u16(field + " length"), limit);
    }

    /**
     * Reads bytes behind a length of four bytes.
     *
     * @param field its name, for messages
     * @param limit the most bytes allowed
     * @return the bytes
     * @throws MalformedException if the input ends before, or there are too many
     */
    public Bytes bytes32(String field, int limit) throws MalformedException {
        return counted(field, u32(field + " length"), limit);
    }

    /**
     * Reads a user name.
     *
     * @param field its name, for messages
     * @return the name
     * @throws MalformedException if the input ends before, or the bytes are no canonical user name
     */
    public Username username(String field) throws MalformedException {
        Bytes ascii = bytes8(field, Username.MAX_LENGTH);
        try {
            return new Username(new String(ascii.toArray(), StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            throw malformed(field + ": " + e.getMessage());
        }
    }

    /**
     * Reads a moment, kept as milliseconds since 1970.
     *
     * @param field its name, for messages
     * @return a moment in the years 1970 to 9999
     * @throws MalformedException if the input ends before, or the moment lies later
     */
    public Instant time(String field) throws MalformedException {
        long millis = u64(field);
        if (millis > LATEST_MILLIS) {
            throw malformed(field + " lies after the year 9999");
        }
        return Instant.ofEpochMilli(millis);
    }

    /**
     * Reads the label that the structure begins with.
     *
     * @param label the only one allowed here
     * @throws MalformedException if the input ends before, or holds anything else
     */
    public void expect(Label label) throws MalformedException {
        Bytes expected = label.bytes();
        if (!raw("label", expected.size()).equals(expected)) {
            throw malformed("does not begin with the label \"" + label.text() + "\"");
        }
    }

    /**
     * How much is left.
     *
     * @return the number of bytes not yet read
     */
    public int remaining() {
        return input.size() - position;
    }

    /**
     * How much has been read.
     *
     * @return the number of bytes already read
     */
    public int position() {
        return position;
    }

    /**
     * Checks that everything has been read.
     *
     * @throws MalformedException if bytes are left over
     */
    public void end() throws MalformedException {
        if (remaining() > 0) {
            throw malformed(remaining() + " bytes after its end");
        }
    }

    /**
     * Makes the exception for a rule of the structure itself.
     *
     * @param problem what is wrong
     * @return an exception that names the structure
     */
    public MalformedException malformed(String problem) {
        return new MalformedException(structure, problem);
    }

    private Bytes counted(String field, long size, int limit) throws MalformedException {
        if (size > limit) {
            throw malformed(field + " has " + size + " bytes, allowed are " + limit);
        }
        return raw(field, (int) size);
    }

    private long number(String field, int width) throws MalformedException {
        require(field, width);
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | input.at(position++) & 0xff;
        }
        return value;
    }

    private void require(String field, int size) throws MalformedException {
        if (size > remaining()) {
            throw malformed("ends inside " + field + ": " + size + " bytes wanted at offset " + position + ", "
                    + remaining() + " left");
        }
    }
}
