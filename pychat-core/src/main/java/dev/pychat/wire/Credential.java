package dev.pychat.wire;

import dev.pychat.model.Bytes;

/**
 * 32 bytes that prove something to the server: a login secret derived from a passphrase, or a resume token. It never shows
 * itself in a log.
 *
 * <p>Immutable and thread-safe.
 *
 * @param value the 32 bytes
 */
public record Credential(Bytes value) {

    /** How many bytes it has. */
    public static final int SIZE = 32;

    /**
     * Checks the length.
     *
     * @param value the 32 bytes
     * @throws IllegalArgumentException if {@code value} does not have {@value #SIZE} bytes
     */
    public Credential {
        if (value.size() != SIZE) {
            throw new IllegalArgumentException("a credential of " + value.size() + " bytes, must have " + SIZE);
        }
    }

    /** Hides the value. */
    @Override
    public String toString() {
        return "Credential[hidden]";
    }
}
