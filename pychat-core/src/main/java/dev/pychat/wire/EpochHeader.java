package dev.pychat.wire;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;

/**
 * An epoch header beside the name that it is stored under. Whoever receives it checks that the name is its SHA-256.
 *
 * <p>Immutable and thread-safe.
 *
 * @param name the name
 * @param header the header's bytes, 1 to 32,768
 */
public record EpochHeader(EpochName name, Bytes header) {

    /**
     * Checks the size.
     *
     * @param name the name
     * @param header the header's bytes, 1 to 32,768
     * @throws IllegalArgumentException if the header is empty or too large
     */
    public EpochHeader {
        Sizes.require("an epoch header", header, WireLimits.MAX_EPOCH_HEADER);
    }
}
