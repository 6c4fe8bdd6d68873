package dev.pychat.key;

import dev.pychat.crypto.open.MlKemPublicKey;
import dev.pychat.crypto.open.RsaPublicKey;
import dev.pychat.model.DeviceId;

/**
 * What an epoch of suite 2 is wrapped to for one device (ENVELOPE.md, section 5), out of a checked bundle.
 *
 * <p>Immutable and thread-safe.
 *
 * @param device the device
 * @param wrapping its own wrapping key, or the account's where it has none
 * @param lastResort the ML-KEM key that is used when there is no one-time key
 */
public record DeviceKeys(DeviceId device, RsaPublicKey wrapping, MlKemPublicKey lastResort) {

    /** The most devices that a bundle lists for suite 2. */
    public static final int MAX_DEVICES = 8;
}
