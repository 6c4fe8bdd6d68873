package dev.pychat.keyring;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;

/**
 * The newest vault that a device has seen on the server, so that it notices an older one.
 *
 * <p>Immutable and thread-safe.
 *
 * @param version its version, 0 for none
 * @param hash the hash of its sealed form, 32 bytes; zero for none
 */
public record SeenVault(long version, Bytes hash) {

    /** No vault has been seen. */
    public static final SeenVault NONE = new SeenVault(0, Bytes.adopt(new byte[Sha256.SIZE]));

    /**
     * Checks the limits.
     *
     * @param version its version, 0 for none
     * @param hash the hash of its sealed form, 32 bytes; zero for none
     * @throws IllegalArgumentException if the version is negative or the hash has another size than 32
     */
    public SeenVault {
        if (version < 0 || hash.size() != Sha256.SIZE) {
            throw new IllegalArgumentException(
                    "vault version " + version + " with a hash of " + hash.size() + " bytes");
        }
    }
}
