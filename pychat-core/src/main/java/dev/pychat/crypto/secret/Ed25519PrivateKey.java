package dev.pychat.crypto.secret;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.Label;
import dev.pychat.model.Bytes;
import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 private key (RFC 8032), kept as its 32-byte seed. Bouncy Castle does the arithmetic. The public key is always
 * the one that belongs to the seed, so no signature is ever made over another.
 *
 * <p>Thread-safe. Closing erases the seed.
 */
public final class Ed25519PrivateKey implements AutoCloseable {

    /** How many bytes a seed has. */
    public static final int SEED_SIZE = 32;

    private final SecretBytes seed;
    private final Ed25519PublicKey publicKey;

    private Ed25519PrivateKey(SecretBytes seed) {
        this.seed = seed;
        this.publicKey = seed.reveal(raw -> {
            byte[] point = new byte[Ed25519PublicKey.SIZE];
            Ed25519.generatePublicKey(raw, 0, point, 0);
            return new Ed25519PublicKey(Bytes.adopt(point));
        });
    }

    /**
     * Draws a new key.
     *
     * @param random the source of its seed
     * @return the key
     */
    public static Ed25519PrivateKey generate(SecureRandom random) {
        return new Ed25519PrivateKey(SecretBytes.random(random, SEED_SIZE));
    }

    /**
     * Makes the key of a seed.
     *
     * @param seed 32 bytes, which are copied
     * @return the key
     * @throws IllegalArgumentException if the seed has another size
     */
    public static Ed25519PrivateKey ofSeed(SecretBytes seed) {
        if (seed.size() != SEED_SIZE) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, given were " + seed.size());
        }
        return new Ed25519PrivateKey(seed.copy());
    }

    /**
     * Signs the concatenation of a label and a message.
     *
     * @param label what is signed
     * @param message the message after the label
     * @return the signature, 64 bytes
     * @throws IllegalStateException if this key has been closed
     */
    public Bytes sign(Label label, Bytes message) {
        return sign(Bytes.concat(label.bytes(), message));
    }

    Bytes sign(Bytes message) {
        return seed.reveal(raw -> {
            byte[] signature = new byte[Ed25519PublicKey.SIGNATURE_SIZE];
            byte[] point = publicKey.value().toArray();
            Ed25519.sign(raw, 0, point, 0, message.toArray(), 0, message.size(), signature, 0);
            return Bytes.adopt(signature);
        });
    }

    /**
     * The public half.
     *
     * @return the key that verifies what this one signs
     */
    public Ed25519PublicKey publicKey() {
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
    }

    @Override
    public String toString() {
        return "private half of " + publicKey;
    }
}
