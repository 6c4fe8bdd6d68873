package dev.pychat.crypto.open;

import dev.pychat.crypto.open.internal.SunJce;
import dev.pychat.model.Bytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/**
 * RSAES-OAEP (RFC 8017, section 7.1) with SHA-256, MGF1 with SHA-256 and an empty label, by the JDK: the public half.
 * Thread-safe.
 */
public final class RsaOaep {

    /** The transformation of the JDK; it means what it says only together with {@link #parameters()}. */
    public static final String TRANSFORMATION = "RSA/ECB/OAEPWithSHA-256AndMGF1Padding";

    private RsaOaep() {}

    /**
     * The parameters. They are given to the JDK explicitly, because without them it takes MGF1 with SHA-1.
     *
     * @return SHA-256, MGF1 with SHA-256, empty label
     */
    public static AlgorithmParameterSpec parameters() {
        return new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
    }

    /**
     * Encrypts a short secret to a key.
     *
     * @param key the recipient's key
     * @param secret at most {@code modulusSize() - 66} bytes, which are only read
     * @param random the source of the padding's seed
     * @return the ciphertext, of the modulus' size
     * @throws IllegalArgumentException if the secret is too long
     */
    public static Bytes wrap(RsaPublicKey key, byte[] secret, SecureRandom random) {
        if (secret.length > key.modulusSize() - 66) {
            throw new IllegalArgumentException(
                    "the secret has " + secret.length + " bytes, allowed are " + (key.modulusSize() - 66));
        }
        try {
            Cipher cipher = SunJce.cipher(TRANSFORMATION);
            RSAPublicKeySpec numbers = new RSAPublicKeySpec(key.modulus(), RsaPublicKey.EXPONENT);
            cipher.init(
                    Cipher.ENCRYPT_MODE, KeyFactory.getInstance("RSA").generatePublic(numbers), parameters(), random);
            return Bytes.adopt(cipher.doFinal(secret));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK could not wrap to " + key, e);
        }
    }

    /**
     * Whether bytes can be a ciphertext of a key at all. It needs no private key, and comes before one is used.
     *
     * @param key the recipient's key
     * @param ciphertext what should be a ciphertext
     * @return whether it has exactly the modulus' size and, as a number, is below the modulus
     */
    public static boolean isCiphertextOf(RsaPublicKey key, Bytes ciphertext) {
        return ciphertext.size() == key.modulusSize()
                && new BigInteger(1, ciphertext.toArray()).compareTo(key.modulus()) < 0;
    }
}
