package dev.pychat.crypto.secret;

import dev.pychat.crypto.open.internal.ErasableKey;
import dev.pychat.crypto.open.internal.SunJce;
import dev.pychat.model.Bytes;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM (NIST SP 800-38D) of the JDK, with nonces of 12 bytes and tags of 16 only. It keeps no record of nonces: the
 * caller takes care that a key and a nonce meet once. Thread-safe.
 */
public final class AesGcm {

    /** How many bytes a key has. */
    public static final int KEY_SIZE = 32;

    /** How many bytes a nonce has. */
    public static final int NONCE_SIZE = 12;

    /** How many bytes the tag adds to a plaintext. */
    public static final int TAG_SIZE = 16;

    private static final String TRANSFORMATION = "AES/GCM/NoPadding";

    private AesGcm() {}

    /**
     * Encrypts.
     *
     * @param key 32 bytes
     * @param nonce 12 bytes, never used before with this key
     * @param aad additional data that is authenticated and not encrypted
     * @param plaintext what to encrypt, which is only read
     * @return the ciphertext, then the tag
     * @throws IllegalArgumentException if key or nonce has another size
     */
    public static Bytes seal(SecretBytes key, Bytes nonce, Bytes aad, byte[] plaintext) {
        requireSizes(key, nonce);
        try {
            return Bytes.adopt(run(Cipher.ENCRYPT_MODE, key, nonce, aad, plaintext));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK could not encrypt with AES-GCM", e);
        }
    }

    /**
     * Decrypts. Nothing of the plaintext is released before the tag has been checked.
     *
     * @param key 32 bytes
     * @param nonce 12 bytes
     * @param aad the additional data
     * @param sealed what should be a ciphertext and its tag; anything at all may be given
     * @return the plaintext, the caller's own to erase
     * @throws UnsealException if it was not sealed with this key, nonce and additional data, or has been altered since
     * @throws IllegalArgumentException if key or nonce has another size
     */
    public static byte[] open(SecretBytes key, Bytes nonce, Bytes aad, Bytes sealed) throws UnsealException {
        requireSizes(key, nonce);
        if (sealed.size() < TAG_SIZE) {
            throw new UnsealException(UnsealException.Reason.DAMAGED);
        }
        try {
            return run(Cipher.DECRYPT_MODE, key, nonce, aad, sealed.toArray());
        } catch (GeneralSecurityException | ProviderException e) {
            // One failure for all of them, and no cause: what exactly did not hold is nobody's business.
            throw new UnsealException(UnsealException.Reason.DAMAGED);
        }
    }

    private static byte[] run(int mode, SecretBytes key, Bytes nonce, Bytes aad, byte[] input)
            throws GeneralSecurityException {
        return key.reveal(raw -> {
            try (ErasableKey erasable = new ErasableKey("AES", raw)) {
                Cipher cipher = SunJce.cipher(TRANSFORMATION);
                cipher.init(mode, erasable, new GCMParameterSpec(8 * TAG_SIZE, nonce.toArray()));
                cipher.updateAAD(aad.toArray());
                return cipher.doFinal(input);
            }
        });
    }

    private static void requireSizes(SecretBytes key, Bytes nonce) {
        if (key.size() != KEY_SIZE || nonce.size() != NONCE_SIZE) {
            throw new IllegalArgumentException("AES-256-GCM takes a key of 32 and a nonce of 12 bytes, given were "
                    + key.size() + " and " + nonce.size());
        }
    }
}
