package dev.pychat.store.internal;

/** The sizes that a caller may ask for. */
public final class Limits {

    /** The most names or inbox entries of a page. */
    public static final int MAX_LIST = 1000;

    private Limits() {}

    /**
     * Checks how much was asked for.
     *
     * @param limit the most that is wanted
     * @param most the most that is allowed
     * @return {@code limit}
     * @throws IllegalArgumentException if it is not 1 to {@code most}
     */
    public static int check(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw new IllegalArgumentException("a page of " + limit + " was asked for, allowed are 1 to " + most);
        }
        return limit;
    }
}
