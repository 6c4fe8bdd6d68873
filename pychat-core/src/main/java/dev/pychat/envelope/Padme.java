package dev.pychat.envelope;

/** Padded lengths (ENVELOPE.md, section 7): Padmé, and never below 256. Stateless. */
final class Padme {

    static final int LEAST = 256;

    private Padme() {}

    static int padded(int length) {
        if (length <= LEAST) {
            return LEAST;
        }
        int exponent = 31 - Integer.numberOfLeadingZeros(length);
        int kept = 32 - Integer.numberOfLeadingZeros(exponent);
        int step = 1 << (exponent - kept);
        return (length + step - 1) / step * step;
    }

    /** Whether some length pads to this one; padded lengths pad to themselves. */
    static boolean isPadded(int length) {
        return length >= LEAST && padded(length) == length;
    }
}
