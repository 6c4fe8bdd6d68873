package dev.pychat.wire;

/**
 * The cost of Argon2id (RFC 9106) for a passphrase, as it travels.
 *
 * <p>Immutable and thread-safe.
 *
 * @param memory memory in KiB, 8 to {@value #MAX_MEMORY}
 * @param passes passes over it, 1 to {@value #MAX_PASSES}
 * @param lanes lanes, 1 to {@value #MAX_LANES}
 */
public record KdfCost(int memory, int passes, int lanes) {

    /** The most memory, in KiB: 1 GiB. */
    public static final int MAX_MEMORY = 1 << 20;

    /** The most passes. */
    public static final int MAX_PASSES = 16;

    /** The most lanes. */
    public static final int MAX_LANES = 16;

    static final Shape<KdfCost> SHAPE = Shape.of(KdfCost.class)
            .with(Fields.MEMORY, KdfCost::memory)
            .with(Fields.PASSES, KdfCost::passes)
            .with(Fields.LANES, KdfCost::lanes)
            .make(v -> new KdfCost(v.get(Fields.MEMORY), v.get(Fields.PASSES), v.get(Fields.LANES)));

    static final Field<KdfCost> FIELD = new Field<>("kdf", SHAPE);

    /**
     * Checks the ranges, and that each lane has the 8 KiB that RFC 9106 asks for.
     *
     * @param memory memory in KiB, 8 to {@value #MAX_MEMORY}
     * @param passes passes over it, 1 to {@value #MAX_PASSES}
     * @param lanes lanes, 1 to {@value #MAX_LANES}
     * @throws IllegalArgumentException if a value is out of range; the message says which and what is allowed
     */
    public KdfCost {
        require("memory (KiB)", memory, 8, MAX_MEMORY);
        require("passes", passes, 1, MAX_PASSES);
        require("lanes", lanes, 1, MAX_LANES);
        require("memory (KiB)", memory, 8 * lanes, MAX_MEMORY);
    }

    private static void require(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "Argon2id " + name + " is " + value + ", allowed are " + min + " to " + max);
        }
    }
}
