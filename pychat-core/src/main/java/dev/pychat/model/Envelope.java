package dev.pychat.model;

/**
 * A sealed message as the server carries it: bytes that only the two parties can open.
 *
 * <p>Immutable and thread-safe.
 *
 * @param value the sealed bytes, 1 to {@value #MAX_SIZE}
 */
public record Envelope(Bytes value) {

    /** The most bytes of an envelope: the largest text, its padding and everything around it. */
    public static final int MAX_SIZE = 72 * 1024;

    /**
     * Checks the length.
     *
     * @param value the sealed bytes, 1 to {@value #MAX_SIZE}
     * @throws IllegalArgumentException if it is 0 or over {@value #MAX_SIZE} bytes
     */
    public Envelope {
        if (value.isEmpty() || value.size() > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "an envelope of " + value.size() + " bytes, allowed are 1 to " + MAX_SIZE);
        }
    }

    @Override
    public String toString() {
        return "Envelope[" + value.size() + " bytes]";
    }
}
