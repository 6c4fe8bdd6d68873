package dev.pychat.model;

import java.security.SecureRandom;

/**
 * The name of one message: 128 random bits that its sender chose. A resend has the same id; an id is never sealed twice.
 *
 * <p>Immutable and thread-safe.
 *
 * @param value the 16 bytes
 */
public record MessageId(Bytes value) {

    /** How many bytes it has. */
    public static final int SIZE = 16;

    /** No message: all bytes zero. Never the id of a message. */
    public static final MessageId NONE = new MessageId(Bytes.adopt(new byte[SIZE]));

    /**
     * Draws a new one.
     *
     * @param random the source of its bytes
     * @return a random MessageId
     */
    public static MessageId random(SecureRandom random) {
        return new MessageId(Bytes.random(random, SIZE));
    }

    /**
     * Checks the length.
     *
     * @param value the 16 bytes
     * @throws IllegalArgumentException if {@code value} does not have {@value #SIZE} bytes
     */
    public MessageId {
        Bytes.requireSize(value, SIZE, "message id");
    }

    @Override
    public String toString() {
        return value.hex();
    }
}
