package dev.pychat.model;

import java.security.SecureRandom;

/**
 * The name of a lane, the outgoing stream of one installation in one conversation: 16 random bytes.
 *
 * <p>Immutable and thread-safe.
 *
 * @param value the 16 bytes
 */
public record LaneId(Bytes value) {

    /** How many bytes it has. */
    public static final int SIZE = 16;

    /** No lane: all bytes zero. Never the id of a lane. */
    public static final LaneId NONE = new LaneId(Bytes.adopt(new byte[SIZE]));

    /**
     * Draws a new one.
     *
     * @param random the source of its bytes
     * @return a random LaneId
     */
    public static LaneId random(SecureRandom random) {
        return new LaneId(Bytes.random(random, SIZE));
    }

    /**
     * Checks the length.
     *
     * @param value the 16 bytes
     * @throws IllegalArgumentException if {@code value} does not have {@value #SIZE} bytes
     */
    public LaneId {
        Bytes.requireSize(value, SIZE, "lane id");
    }

    @Override
    public String toString() {
        return value.hex();
    }
}
