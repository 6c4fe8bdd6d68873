package dev.pychat.envelope;

/**
 * From which bundle on each side offers suite 2, by the bundles' serials. Since no bundle drops a suite, every later one does as
 * well, and an epoch made of two such bundles is of suite 2 (ENVELOPE.md, section 9.1). An epoch made earlier stays good whenever
 * it arrives.
 *
 * <p>Immutable and thread-safe.
 *
 * @param own the lowest serial of ours that is known to offer it, or {@link #NOT_KNOWN}
 * @param peer the lowest serial of the peer's present identity that is known to offer it, or {@link #NOT_KNOWN}
 */
public record HybridSince(long own, long peer) {

    /** The serial of a side of which no bundle with suite 2 is known. */
    public static final long NOT_KNOWN = Long.MAX_VALUE;

    /** Of neither side such a bundle is known. */
    public static final HybridSince NEVER = new HybridSince(NOT_KNOWN, NOT_KNOWN);

    boolean covers(long ownSerial, long peerSerial) {
        return ownSerial >= own && peerSerial >= peer;
    }
}
