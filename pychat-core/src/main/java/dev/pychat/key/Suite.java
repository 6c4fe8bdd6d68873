package dev.pychat.key;

/**
 * A way of wrapping epoch secrets, by its number. Numbers unknown here are kept, because a newer client may know them.
 *
 * <p>Immutable and thread-safe.
 *
 * @param code 1 to 65,535
 */
public record Suite(int code) implements Comparable<Suite> {

    /** RSA-3072 with OAEP. */
    public static final Suite RSA = new Suite(1);

    /** RSA-3072 with OAEP and ML-KEM-768, both to be broken before anything is. */
    public static final Suite HYBRID = new Suite(2);

    /**
     * Checks the number.
     *
     * @param code 1 to 65,535
     * @throws IllegalArgumentException if it is outside its limits
     */
    public Suite {
        if (code < 1 || code > 0xffff) {
            throw new IllegalArgumentException("suite " + code + ", allowed are 1 to 65535");
        }
    }

    /**
     * Whether this program can use it.
     *
     * @return true for {@link #RSA} and {@link #HYBRID}
     */
    public boolean isKnown() {
        return code <= HYBRID.code;
    }

    @Override
    public int compareTo(Suite other) {
        return Integer.compare(code, other.code);
    }

    @Override
    public String toString() {
        return "suite " + code;
    }
}
