package dev.pychat.model;

/**
 * The name of the conversation of two users on one realm: a SHA-256 over the realm and both names.
 *
 * <p>Immutable and thread-safe.
 *
 * @param value the 32 bytes
 */
public record ConversationId(Bytes value) {

    /** How many bytes it has. */
    public static final int SIZE = 32;

    /**
     * Checks the length.
     *
     * @param value the 32 bytes
     * @throws IllegalArgumentException if {@code value} does not have {@value #SIZE} bytes
     */
    public ConversationId {
        Bytes.requireSize(value, SIZE, "conversation id");
    }

    @Override
    public String toString() {
        return value.hex();
    }
}
