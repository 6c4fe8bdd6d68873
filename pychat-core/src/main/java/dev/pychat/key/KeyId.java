package dev.pychat.key;

import dev.pychat.crypto.open.MlKemPublicKey;
import dev.pychat.crypto.open.RsaPublicKey;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;

/**
 * What names a wrapping key or an ML-KEM key: the SHA-256 of its SubjectPublicKeyInfo.
 *
 * <p>Immutable and thread-safe.
 *
 * @param value the 32 bytes
 */
public record KeyId(Bytes value) {

    /**
     * Checks the length.
     *
     * @param value the 32 bytes
     * @throws IllegalArgumentException if {@code value} does not have 32 bytes
     */
    public KeyId {
        if (value.size() != Sha256.SIZE) {
            throw new IllegalArgumentException("a key id has 32 bytes, given were " + value.size());
        }
    }

    /**
     * The id of a wrapping key.
     *
     * @param key the key
     * @return its id
     */
    public static KeyId of(RsaPublicKey key) {
        return new KeyId(Sha256.of(key.subjectPublicKeyInfo()));
    }

    /**
     * The id of an ML-KEM key.
     *
     * @param key the key
     * @return its id
     */
    public static KeyId of(MlKemPublicKey key) {
        return new KeyId(Sha256.of(key.subjectPublicKeyInfo()));
    }

    @Override
    public String toString() {
        return value.hex();
    }
}
