package dev.pychat.key;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;

/**
 * What names an identity: the SHA-256 of its SubjectPublicKeyInfo.
 *
 * <p>Immutable and thread-safe.
 *
 * @param value the 32 bytes
 */
public record Fingerprint(Bytes value) {

    /**
     * Checks the length.
     *
     * @param value the 32 bytes
     * @throws IllegalArgumentException if {@code value} does not have 32 bytes
     */
    public Fingerprint {
        if (value.size() != Sha256.SIZE) {
            throw new IllegalArgumentException("a fingerprint has 32 bytes, given were " + value.size());
        }
    }

    /**
     * The fingerprint of an identity.
     *
     * @param key its public key
     * @return the fingerprint
     */
    public static Fingerprint of(Ed25519PublicKey key) {
        return new Fingerprint(Sha256.of(key.subjectPublicKeyInfo()));
    }

    @Override
    public String toString() {
        return value.hex();
    }
}
