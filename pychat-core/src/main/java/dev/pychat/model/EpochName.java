package dev.pychat.model;

/**
 * The name of an epoch: the SHA-256 of its header.
 *
 * <p>Immutable and thread-safe.
 *
 * @param value the 32 bytes
 */
public record EpochName(Bytes value) {

    /** How many bytes it has. */
    public static final int SIZE = 32;

    /** No epoch: all bytes zero. Never the name of an epoch. */
    public static final EpochName NONE = new EpochName(Bytes.adopt(new byte[SIZE]));

    /**
     * Checks the length.
     *
     * @param value the 32 bytes
     * @throws IllegalArgumentException if {@code value} does not have {@value #SIZE} bytes
     */
    public EpochName {
        Bytes.requireSize(value, SIZE, "epoch name");
    }

    @Override
    public String toString() {
        return value.hex();
    }
}
