package dev.pychat.crypto.secret;

import dev.pychat.crypto.open.MlKem;
import dev.pychat.crypto.open.MlKemPublicKey;
import dev.pychat.model.Bytes;
import java.security.SecureRandom;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;

/**
 * A decapsulation key of ML-KEM-768 (FIPS 203), kept as its 64-byte seed {@code d | z} and made anew from it. Bouncy Castle
 * does the arithmetic. The public key is always the one that belongs to the seed.
 *
 * <p>Thread-safe. Closing erases the seed and what was made of it.
 */
public final class MlKemPrivateKey implements AutoCloseable {

    /** How many bytes a seed has. */
    public static final int SEED_SIZE = 64;

    private final SecretBytes seed;
    private final MLKEMPrivateKeyParameters key;
    private final MlKemPublicKey publicKey;

    private MlKemPrivateKey(SecretBytes seed) {
        this.seed = seed;
        this.key = seed.reveal(raw -> new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, raw));
        this.publicKey = new MlKemPublicKey(Bytes.adopt(key.getPublicKey()));
    }

    /**
     * Draws a new key.
     *
     * @param random the source of its seed
     * @return the key
     */
    public static MlKemPrivateKey generate(SecureRandom random) {
        return new MlKemPrivateKey(SecretBytes.random(random, SEED_SIZE));
    }

    /**
     * Makes the key of a seed (FIPS 203, section 7.1).
     *
     * @param seed 64 bytes, which are copied
     * @return the key
     * @throws IllegalArgumentException if the seed has another size
     */
    public static MlKemPrivateKey ofSeed(SecretBytes seed) {
        if (seed.size() != SEED_SIZE) {
            throw new IllegalArgumentException("an ML-KEM seed has 64 bytes, given were " + seed.size());
        }
        return new MlKemPrivateKey(seed.copy());
    }

    /**
     * Finds the secret of a ciphertext (FIPS 203, section 7.3). A ciphertext that was not made with this key gives a secret
     * too, another one that nobody else knows, in the same time.
     *
     * @param ciphertext exactly {@link MlKem#CIPHERTEXT_SIZE} bytes, any at all
     * @return the shared secret, 32 bytes, to be closed by the caller
     * @throws IllegalArgumentException if it has another size
     * @throws IllegalStateException if this key has been closed
     */
    public SecretBytes decapsulate(Bytes ciphertext) {
        if (ciphertext.size() != MlKem.CIPHERTEXT_SIZE) {
            throw new IllegalArgumentException(
                    "an ML-KEM ciphertext has " + MlKem.CIPHERTEXT_SIZE + " bytes, given were " + ciphertext.size());
        }
        return SecretBytes.adopt(new MLKEMExtractor(key).extractSecret(ciphertext.toArray()));
    }

    /**
     * The public half.
     *
     * @return the key that others encapsulate to
     */
    public MlKemPublicKey publicKey() {
        return publicKey;
    }

    /**
     * The seed, for keeping it.
     *
     * @return a copy, to be closed on its own
     * @throws IllegalStateException if this key has been closed
     */
    public SecretBytes seed() {
        return seed.copy();
    }

    @Override
    public void close() {
        seed.close();
        key.destroy();
    }

    @Override
    public String toString() {
        return "private half of " + publicKey;
    }
}
