package dev.pychat.crypto.open;

/**
 * What one guess at a passphrase costs: the parameters of Argon2id (RFC 9106). They are public and stand in the login record.
 *
 * <p>Immutable and thread-safe.
 *
 * @param memoryKiB memory in KiB, from 8 for each lane to {@value #MAX_MEMORY_KIB}
 * @param iterations passes over the memory, 1 to {@value #MAX_ITERATIONS}
 * @param parallelism lanes, 1 to {@value #MAX_PARALLELISM}
 */
public record PasswordCost(int memoryKiB, int iterations, int parallelism) {

    /** The most memory that a client takes for a derivation, in KiB: 1 GiB. */
    public static final int MAX_MEMORY_KIB = 1 << 20;

    /** The most passes over the memory. */
    public static final int MAX_ITERATIONS = 16;

    /** The most lanes. */
    public static final int MAX_PARALLELISM = 16;

    /** RFC 9106's second recommended choice: 64 MiB, 3 passes, 4 lanes. The default, and the floor outside tests. */
    public static final PasswordCost RECOMMENDED = new PasswordCost(64 * 1024, 3, 4);

    /**
     * Checks that the values lie within the ceiling and make sense to Argon2.
     *
     * @param memoryKiB memory in KiB, from 8 for each lane to {@value #MAX_MEMORY_KIB}
     * @param iterations passes over the memory, 1 to {@value #MAX_ITERATIONS}
     * @param parallelism lanes, 1 to {@value #MAX_PARALLELISM}
     * @throws IllegalArgumentException if one does not; the message says which and what is allowed
     */
    public PasswordCost {
        require("parallelism", parallelism, 1, MAX_PARALLELISM);
        require("memoryKiB", memoryKiB, 8 * parallelism, MAX_MEMORY_KIB);
        require("iterations", iterations, 1, MAX_ITERATIONS);
    }

    /**
     * Whether this cost is nowhere below another in what an attacker pays: memory and passes.
     *
     * @param floor the least that is accepted
     * @return true if it is as high or higher in both
     */
    public boolean atLeast(PasswordCost floor) {
        return memoryKiB >= floor.memoryKiB && iterations >= floor.iterations;
    }

    private static void require(String what, int given, int least, int most) {
        if (given < least || given > most) {
            throw new IllegalArgumentException(
                    "password cost: " + what + " is " + given + ", allowed are " + least + " to " + most);
        }
    }
}
