package dev.pychat.crypto.secret;

import dev.pychat.crypto.open.RsaOaep;
import dev.pychat.crypto.open.internal.SunJce;
import dev.pychat.model.Bytes;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;

/**
 * RSAES-OAEP (RFC 8017, section 7.1) with SHA-256, MGF1 with SHA-256 and an empty label, by the JDK: the private half. It
 * always answers with a secret. When the ciphertext is no good for whatever reason, that is a random one, and the caller
 * goes on and fails where a wrong secret fails: nobody learns from here what was wrong.
 *
 * <p>Thread-safe.
 */
public final class RsaUnwrapper {

    private final Runnable onPrivateOperation;

    /** Makes one that tells nobody. */
    public RsaUnwrapper() {
        this(() -> {});
    }

    /**
     * Makes one whose private-key operations are counted by somebody.
     *
     * @param onPrivateOperation is run before each operation with a private key, and only then
     */
    public RsaUnwrapper(Runnable onPrivateOperation) {
        this.onPrivateOperation = onPrivateOperation;
    }

    /**
     * Decrypts a short secret.
     *
     * @param key the recipient's key
     * @param ciphertext what should be a ciphertext; one that fails {@link RsaOaep#isCiphertextOf} costs no private operation
     * @param size how many bytes the secret has
     * @param random the source of the answer when there is no right one
     * @return the secret, or as many random bytes
     */
    public SecretBytes unwrap(RsaPrivateKey key, Bytes ciphertext, int size, SecureRandom random) {
        byte[] answer = new byte[size];
        random.nextBytes(answer);
        if (RsaOaep.isCiphertextOf(key.publicKey(), ciphertext)) {
            onPrivateOperation.run();
            decryptInto(answer, key, ciphertext);
        }
        return SecretBytes.adopt(answer);
    }

    private static void decryptInto(byte[] answer, RsaPrivateKey key, Bytes ciphertext) {
        byte[] decrypted = {};
        try {
            Cipher cipher = SunJce.cipher(RsaOaep.TRANSFORMATION);
            cipher.init(Cipher.DECRYPT_MODE, key.jdkKey(), RsaOaep.parameters());
            decrypted = cipher.doFinal(ciphertext.toArray());
            if (decrypted.length == answer.length) {
                System.arraycopy(decrypted, 0, answer, 0, answer.length);
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            // Providers signal bad padding in many ways; all of them leave the random answer standing.
            return;
        } finally {
            Arrays.fill(decrypted, (byte) 0);
        }
    }
}
