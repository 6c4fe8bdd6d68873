package dev.pychat.keyring;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.model.Bytes;

/**
 * One entry of a vault. Types unknown here are kept as they are, because a newer client may know them.
 *
 * <p>Thread-safe; the value is its vault's to close.
 *
 * @param type what kind of entry, 1 to 65,535
 * @param key what it is about, at most {@value #MAX_KEY_SIZE} bytes
 * @param counter grows with each change of the entry, so that the newer of two is known
 * @param tombstone whether the entry says that something is gone
 * @param value the content, at most {@value #MAX_VALUE_SIZE} bytes
 */
public record VaultEntry(int type, Bytes key, long counter, boolean tombstone, SecretBytes value)
        implements Comparable<VaultEntry> {

    /** The most bytes of a key. */
    public static final int MAX_KEY_SIZE = 255;

    /** The most bytes of a value. */
    public static final int MAX_VALUE_SIZE = 64 * 1024;

    /**
     * Checks the limits.
     *
     * @param type what kind of entry, 1 to 65,535
     * @param key what it is about, at most {@value #MAX_KEY_SIZE} bytes
     * @param counter grows with each change of the entry, so that the newer of two is known
     * @param tombstone whether the entry says that something is gone
     * @param value the content, at most {@value #MAX_VALUE_SIZE} bytes
     * @throws IllegalArgumentException if a component is outside its limits
     */
    public VaultEntry {
        if (type < 1 || type > 0xffff || counter < 0) {
            throw new IllegalArgumentException("vault entry: type " + type + ", counter " + counter);
        }
        if (key.size() > MAX_KEY_SIZE || value.size() > MAX_VALUE_SIZE) {
            throw new IllegalArgumentException(
                    "vault entry: key of " + key.size() + " bytes, value of " + value.size());
        }
    }

    /**
     * A second owner's copy.
     *
     * @return an equal entry whose value is closed on its own
     */
    VaultEntry copy() {
        return new VaultEntry(type, key, counter, tombstone, value.copy());
    }

    /**
     * Writes it as it stands in a vault and in a backup.
     *
     * @param out where it goes; what is written is secret
     */
    public void write(BinaryWriter out) {
        out.u16(type).bytes8(key).u64(counter).bool(tombstone);
        out.u32(value.size());
        value.reveal(out::raw);
    }

    /** How many bytes {@link #write} writes. */
    long size() {
        return 2L + 1 + key.size() + Long.BYTES + 1 + Integer.BYTES + value.size();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param in where it stands
     * @return the entry, whose value the caller closes
     * @throws MalformedException if it is not one
     */
    public static VaultEntry read(BinaryReader in) throws MalformedException {
        int type = in.u16("type");
        Bytes key = Bytes.adopt(in.bytes8("key", MAX_KEY_SIZE).toArray());
        long counter = in.u64("counter");
        boolean tombstone = in.bool("tombstone");
        byte[] value = in.bytes32("value", MAX_VALUE_SIZE).toArray();
        if (type == 0) {
            throw in.malformed("an entry of type 0");
        }
        return new VaultEntry(type, key, counter, tombstone, SecretBytes.adopt(value));
    }

    /** Orders by type, then key, as entries stand in a vault. */
    @Override
    public int compareTo(VaultEntry other) {
        return type != other.type ? Integer.compare(type, other.type) : key.compareTo(other.key);
    }
}
