package dev.pychat.server;

/**
 * What the server's own hash of a login secret costs: the rounds of bcrypt, as a power of two. The secret has been through
 * the client's Argon2id already, so this hash only has to keep a stolen store from being a set of working log-ins.
 *
 * <p>Set in code only; no flag and no file lowers it. Immutable and thread-safe.
 *
 * @param rounds the binary logarithm of the rounds, {@value #MIN} to {@value #MAX}
 */
public record HashCost(int rounds) {

    /** The fewest rounds that bcrypt has; for tests. */
    public static final int MIN = 4;

    /** The most rounds: some five seconds for each log-in. */
    public static final int MAX = 16;

    /** What a server uses unless told otherwise: 2^10 rounds, some 70 ms. */
    public static final HashCost DEFAULT = new HashCost(10);

    /**
     * Checks the range.
     *
     * @param rounds the binary logarithm of the rounds, {@value #MIN} to {@value #MAX}
     * @throws IllegalArgumentException if it is outside its range
     */
    public HashCost {
        if (rounds < MIN || rounds > MAX) {
            throw new IllegalArgumentException("bcrypt rounds of " + rounds + ", allowed are " + MIN + " to " + MAX);
        }
    }
}
