package dev.pychat.crypto.open;

import dev.pychat.model.Bytes;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.kems.MLKEMGenerator;

/** ML-KEM-768 (FIPS 203) of Bouncy Castle: the public half. Thread-safe. */
public final class MlKem {

    /** How many bytes a ciphertext has. */
    public static final int CIPHERTEXT_SIZE = 1088;

    /** How many bytes a shared secret has. */
    public static final int SECRET_SIZE = 32;

    static final int MODULUS = 3329;

    private MlKem() {}

    /**
     * Makes a secret that only the holder of a key can find in the ciphertext (FIPS 203, section 7.2).
     *
     * @param key the recipient's key
     * @param secret an array of {@value #SECRET_SIZE} bytes that is filled with the secret, the caller's own to erase
     * @param random the source of the 32 bytes that everything follows from
     * @return the ciphertext, {@value #CIPHERTEXT_SIZE} bytes
     * @throws IllegalArgumentException if {@code secret} has another size
     */
    public static Bytes encapsulate(MlKemPublicKey key, byte[] secret, SecureRandom random) {
        if (secret.length != SECRET_SIZE) {
            throw new IllegalArgumentException(
                    "a shared secret has " + SECRET_SIZE + " bytes, given was room for " + secret.length);
        }
        byte[] drawn = new byte[32];
        random.nextBytes(drawn);
        SecretWithEncapsulation made = MLKEMGenerator.internalGenerateEncapsulated(key.parameters(), drawn);
        Arrays.fill(drawn, (byte) 0);
        byte[] shared = made.getSecret();
        System.arraycopy(shared, 0, secret, 0, SECRET_SIZE);
        Arrays.fill(shared, (byte) 0);
        Bytes ciphertext = Bytes.adopt(made.getEncapsulation());
        erase(made);
        return ciphertext;
    }

    private static void erase(SecretWithEncapsulation made) {
        try {
            made.destroy();
        } catch (javax.security.auth.DestroyFailedException e) {
            throw new IllegalStateException("Bouncy Castle could not erase a shared secret", e);
        }
    }
}
