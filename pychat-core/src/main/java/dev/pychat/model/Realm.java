package dev.pychat.model;

import java.security.SecureRandom;

/**
 * The name of one server installation: 16 random bytes that it drew when its data directory was made. It is part of every
 * signed or sealed structure, so nothing moves from one server to another unnoticed.
 *
 * <p>Immutable and thread-safe.
 *
 * @param value the 16 bytes
 */
public record Realm(Bytes value) {

    /** How many bytes it has. */
    public static final int SIZE = 16;

    /**
     * Draws a new one.
     *
     * @param random the source of its bytes
     * @return a random Realm
     */
    public static Realm random(SecureRandom random) {
        return new Realm(Bytes.random(random, SIZE));
    }

    /**
     * Checks the length.
     *
     * @param value the 16 bytes
     * @throws IllegalArgumentException if {@code value} does not have {@value #SIZE} bytes
     */
    public Realm {
        Bytes.requireSize(value, SIZE, "realm");
    }

    @Override
    public String toString() {
        return value.hex();
    }
}
