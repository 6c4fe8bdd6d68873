package dev.pychat.crypto.secret;

import dev.pychat.crypto.open.RsaOaep;
import dev.pychat.crypto.open.internal.SunJce;
import dev.pychat.model.Bytes;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.Cipher;

/**
 * The operations with private wrapping keys, so that they can be counted: RSAES-OAEP (RFC 8017, section 7.1) with SHA-256,
 * MGF1 with SHA-256 and an empty label, by the JDK; and ML-KEM-768 (FIPS 203). It always answers with a secret. When the
 * ciphertext is no good for whatever reason, that is a random one, and the caller goes on and fails where a wrong secret
 * fails: nobody learns from here what was wrong.
 *
 * <p>Thread-safe.
 */
public final class Unwrapper {

    private final Runnable onPrivateOperation;

    /** Makes one that tells nobody. */
    public Unwrapper() {
        this(() -> {});
    }

    /**
     * Makes one whose private-key operations are counted by somebody.
     *
     * @param onPrivateOperation is run before each operation with a private key, and only then
     */
    public Unwrapper(Runnable onPrivateOperation) {
        this.onPrivateOperation = onPrivateOperation;
    }

    /**
     * Decrypts a short secret with an RSA key.
     *
     * @param key the recipient's key
     * @param ciphertext what should be a ciphertext; one that fails {@link RsaOaep#isCiphertextOf} costs no private operation
     * @param size how many bytes the secret has
     * @param random the source of the answer when there is no right one
     * @return the secret, or as many random bytes
     */
    public SecretBytes unwrap(RsaPrivateKey key, Bytes ciphertext, int size, SecureRandom random) {
        SecretBytes standIn = SecretBytes.random(random, size);
        Optional<SecretBytes> decrypted = decrypt(key, ciphertext);
        if (decrypted.isPresent() && decrypted.get().size() == size) {
            standIn.close();
            return decrypted.get();
        }
        decrypted.ifPresent(SecretBytes::close);
        return standIn;
    }

    /**
     * Finds the secret of an ML-KEM ciphertext; what it is when the ciphertext is no good, the key itself decides.
     *
     * @param key the recipient's key
     * @param ciphertext exactly {@link dev.pychat.crypto.open.MlKem#CIPHERTEXT_SIZE} bytes, any at all
     * @return the secret, 32 bytes
     * @throws IllegalArgumentException if it has another size
     * @throws IllegalStateException if the key has been closed
     */
    public SecretBytes decapsulate(MlKemPrivateKey key, Bytes ciphertext) {
        onPrivateOperation.run();
        return key.decapsulate(ciphertext);
    }

    /** What a ciphertext holds, of any length; empty if it is no good. Never for an answer that a sender could see. */
    Optional<SecretBytes> decrypt(RsaPrivateKey key, Bytes ciphertext) {
        if (!RsaOaep.isCiphertextOf(key.publicKey(), ciphertext)) {
            return Optional.empty();
        }
        onPrivateOperation.run();
        try {
            Cipher cipher = SunJce.cipher(RsaOaep.TRANSFORMATION);
            cipher.init(Cipher.DECRYPT_MODE, key.jdkKey(), RsaOaep.parameters());
            return Optional.of(SecretBytes.adopt(cipher.doFinal(ciphertext.toArray())));
        } catch (GeneralSecurityException | RuntimeException e) {
            // Providers signal bad padding in many ways; all of them are one to us.
            return Optional.empty();
        }
    }
}
