package dev.pychat.key;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;

/**
 * What remains of a key bundle where the bundle itself is not kept: enough to say whether another one may come after it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param serial the bundle's serial, 1 or more
 * @param hash the bundle's hash, 32 bytes
 */
public record BundleMark(long serial, Bytes hash) {

    /**
     * Checks the limits.
     *
     * @param serial the bundle's serial, 1 or more
     * @param hash the bundle's hash, 32 bytes
     * @throws IllegalArgumentException if the serial is below 1 or the hash has another length
     */
    public BundleMark {
        if (serial < 1 || hash.size() != Sha256.SIZE) {
            throw new IllegalArgumentException("the mark of a bundle: serial " + serial + ", hash of " + hash.size()
                    + " bytes; allowed are 1 and more, and " + Sha256.SIZE);
        }
    }

    /**
     * The mark of a bundle.
     *
     * @param bundle the bundle
     * @return its serial and hash
     */
    public static BundleMark of(KeyBundle bundle) {
        return new BundleMark(bundle.fields().serial(), bundle.hash());
    }
}
