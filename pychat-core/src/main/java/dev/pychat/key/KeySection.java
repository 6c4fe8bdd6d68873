package dev.pychat.key;

import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;

/**
 * One section of a key bundle: the public key of one suite, of the account as a whole or of one of its devices.
 *
 * <p>Immutable and thread-safe.
 *
 * @param suite the suite
 * @param device the device, or {@link DeviceId#ACCOUNT}
 * @param key the key as the suite has it, at most {@value #MAX_SIZE} bytes; for suite 1 a SubjectPublicKeyInfo,
 *     for suite 2 an ML-KEM encapsulation key
 */
public record KeySection(Suite suite, DeviceId device, Bytes key) implements Comparable<KeySection> {

    /** The most bytes of a key. */
    public static final int MAX_SIZE = 8192;

    /**
     * Checks the size.
     *
     * @param suite the suite
     * @param device the device, or {@link DeviceId#ACCOUNT}
     * @param key the key as the suite has it, at most {@value #MAX_SIZE} bytes; for suite 1 a SubjectPublicKeyInfo
     * @throws IllegalArgumentException if the key has more than {@value #MAX_SIZE} bytes
     */
    public KeySection {
        if (key.size() > MAX_SIZE) {
            throw new IllegalArgumentException(
                    "a section has " + key.size() + " bytes of key, allowed are " + MAX_SIZE);
        }
    }

    /** Orders by suite, then device, as sections stand in a bundle. Not consistent with equals: the key is left out. */
    @Override
    public int compareTo(KeySection other) {
        int bySuite = suite.compareTo(other.suite);
        return bySuite != 0 ? bySuite : device.value().compareTo(other.device.value());
    }
}
