package dev.pychat.wire;

import java.util.Collection;
import java.util.Optional;

/**
 * A version of the protocol. Within a version fields and frames are added, and nothing changes its meaning.
 *
 * <p>Immutable and thread-safe.
 *
 * @param number the version, 1 to 65,535
 */
public record ProtocolVersion(int number) {

    /** The version that this library speaks. */
    public static final ProtocolVersion CURRENT = new ProtocolVersion(1);

    /** What TLS negotiates (ALPN, RFC 7301) on every connection of this version's framing. */
    public static final String ALPN = "pychat/1";

    /**
     * Checks the range.
     *
     * @param number the version, 1 to 65,535
     * @throws IllegalArgumentException if {@code number} is outside it
     */
    public ProtocolVersion {
        if (number < 1 || number > 65_535) {
            throw new IllegalArgumentException("protocol version " + number + ", allowed are 1 to 65535");
        }
    }

    /**
     * The version to speak with a client.
     *
     * @param offered the numbers of the versions that the client speaks
     * @return the highest common one; empty if there is none
     */
    public static Optional<ProtocolVersion> common(Collection<Integer> offered) {
        return offered.contains(CURRENT.number) ? Optional.of(CURRENT) : Optional.empty();
    }
}
