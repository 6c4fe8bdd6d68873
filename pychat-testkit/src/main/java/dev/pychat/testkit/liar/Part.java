package dev.pychat.testkit.liar;

import dev.pychat.model.Bytes;

/**
 * One field of a structure, and where it stands.
 *
 * <p>Immutable and thread-safe.
 *
 * @param name the field's name, as in ENVELOPE.md
 * @param offset its first byte
 * @param length how many bytes it has, 1 or more
 */
public record Part(String name, int offset, int length) {

    /**
     * The structure with the lowest bit of this field's last byte the other way round.
     *
     * @param whole the structure
     * @return the changed structure, as long as before
     * @throws IndexOutOfBoundsException if it is too short to have this field
     */
    public Bytes flipIn(Bytes whole) {
        byte[] changed = whole.toArray();
        changed[offset + length - 1] ^= 1;
        return Bytes.adopt(changed);
    }

    /**
     * The structure with another value in this field.
     *
     * @param whole the structure
     * @param value the value, as long as the field
     * @return the changed structure
     * @throws IndexOutOfBoundsException if the structure is too short to have this field
     * @throws IllegalArgumentException if the value is shorter or longer than the field
     */
    public Bytes replacedIn(Bytes whole, Bytes value) {
        if (value.size() != length) {
            throw new IllegalArgumentException(value.size() + " bytes given for " + name + ", which has " + length);
        }
        int end = offset + length;
        return Bytes.concat(whole.slice(0, offset), value, whole.slice(end, whole.size() - end));
    }

    @Override
    public String toString() {
        return name;
    }
}
