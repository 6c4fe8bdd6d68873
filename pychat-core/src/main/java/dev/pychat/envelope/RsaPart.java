package dev.pychat.envelope;

import dev.pychat.crypto.open.MalformedException;
import dev.pychat.crypto.open.RsaPublicKey;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.key.KeyId;
import dev.pychat.model.Bytes;

/**
 * The RSA half of a wrap of suite 2 (ENVELOPE.md, section 6): which key, and what was encrypted to it. Immutable.
 *
 * @param key the RSA key's id
 * @param ct the ciphertext
 */
record RsaPart(KeyId key, Bytes ct) {

    private static final int MIN_SIZE = Sha256.SIZE + RsaPublicKey.MIN_BITS / 8;
    private static final int MAX_SIZE = Sha256.SIZE + RsaPublicKey.MAX_BITS / 8;

    static boolean canHave(int size) {
        return MIN_SIZE <= size && size <= MAX_SIZE;
    }

    static void requireSize(int size) throws MalformedException {
        if (!canHave(size)) {
            throw new MalformedException(
                    "epoch header", "an RSA half of " + size + " bytes, allowed are " + MIN_SIZE + " to " + MAX_SIZE);
        }
    }

    /** Reads one whose size has been checked. */
    static RsaPart of(Bytes encoded) {
        return new RsaPart(
                new KeyId(encoded.slice(0, Sha256.SIZE)), encoded.slice(Sha256.SIZE, encoded.size() - Sha256.SIZE));
    }

    Bytes encode() {
        return Bytes.concat(key.value(), ct);
    }
}
