package dev.pychat.model;

/**
 * The place of a message in its conversation. Positions start at 1, have no gap, and both sides see the same order; 0
 * stands for "before the first message".
 *
 * <p>Immutable and thread-safe.
 *
 * @param value 0, or the position
 */
public record Position(long value) implements Comparable<Position> {

    /** Before the first message. */
    public static final Position NONE = new Position(0);

    /** The place of the first message. */
    public static final Position FIRST = new Position(1);

    /**
     * Checks the range.
     *
     * @param value 0, or the position
     * @throws IllegalArgumentException if {@code value} is negative
     */
    public Position {
        if (value < 0) {
            throw new IllegalArgumentException("position " + value + " is negative, must be 0 or more");
        }
    }

    /**
     * The place after this one.
     *
     * @return this position plus one
     */
    public Position next() {
        return plus(1);
    }

    /**
     * A place further on or back.
     *
     * @param distance how far, back if negative
     * @return the position at that distance
     * @throws IllegalArgumentException if it would be negative
     */
    public Position plus(long distance) {
        return new Position(Math.addExact(value, distance));
    }

    /**
     * Whether this place lies after another.
     *
     * @param other the other place
     * @return true if this is the greater position
     */
    public boolean isAfter(Position other) {
        return value > other.value;
    }

    /**
     * Whether a message can be here.
     *
     * @return false for {@link #NONE} only
     */
    public boolean isMessage() {
        return value > 0;
    }

    @Override
    public int compareTo(Position other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
