package dev.pychat.model;

import java.security.SecureRandom;

/**
 * The name of one installation of an account: 16 random bytes. All zero stands for the account as a whole.
 *
 * <p>Immutable and thread-safe.
 *
 * @param value the 16 bytes
 */
public record DeviceId(Bytes value) {

    /** How many bytes it has. */
    public static final int SIZE = 16;

    /** The account as a whole, and no single device of it. */
    public static final DeviceId ACCOUNT = new DeviceId(Bytes.adopt(new byte[SIZE]));

    /**
     * Draws a new one.
     *
     * @param random the source of its bytes
     * @return a random DeviceId
     */
    public static DeviceId random(SecureRandom random) {
        return new DeviceId(Bytes.random(random, SIZE));
    }

    /**
     * Checks the length.
     *
     * @param value the 16 bytes
     * @throws IllegalArgumentException if {@code value} does not have {@value #SIZE} bytes
     */
    public DeviceId {
        Bytes.requireSize(value, SIZE, "device id");
    }

    @Override
    public String toString() {
        return value.hex();
    }
}
