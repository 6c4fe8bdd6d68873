package dev.pychat.keyring;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.Ed25519PrivateKey;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.Fingerprint;
import dev.pychat.key.Succession;
import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An account's identity: the Ed25519 key pair that signs its bundles, epoch headers and messages.
 *
 * <p>Thread-safe. Closing erases the private half.
 */
public final class Identity implements AutoCloseable {

    private final Ed25519PrivateKey key;
    private final Fingerprint fingerprint;

    private Identity(Ed25519PrivateKey key) {
        this.key = key;
        this.fingerprint = Fingerprint.of(key.publicKey());
    }

    /**
     * Makes a new identity.
     *
     * @param random the source of its key
     * @return the identity
     */
    public static Identity generate(SecureRandom random) {
        return new Identity(Ed25519PrivateKey.generate(random));
    }

    /**
     * Makes the identity of a seed that was kept.
     *
     * @param seed 32 bytes, which are copied
     * @return the identity
     * @throws IllegalArgumentException if the seed has another size
     */
    public static Identity ofSeed(SecretBytes seed) {
        return new Identity(Ed25519PrivateKey.ofSeed(seed));
    }

    /**
     * Signs.
     *
     * @param label what is signed
     * @param message the message after the label
     * @return the signature, 64 bytes
     * @throws IllegalStateException if this has been closed
     */
    public Bytes sign(Label label, Bytes message) {
        return key.sign(label, message);
    }

    /**
     * The public half.
     *
     * @return the key that verifies what this identity signs
     */
    public Ed25519PublicKey publicKey() {
        return key.publicKey();
    }

    /**
     * The private half, for what signs epochs and messages.
     *
     * @return the key, which this identity closes
     */
    public Ed25519PrivateKey privateKey() {
        return key;
    }

    /**
     * What names this identity.
     *
     * @return the fingerprint of its public half
     */
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    /**
     * A second owner's copy.
     *
     * @return the same identity, to be closed on its own
     * @throws IllegalStateException if this has been closed
     */
    public Identity copy() {
        try (SecretBytes seed = key.seed()) {
            return ofSeed(seed);
        }
    }

    /**
     * Says that another identity takes this one's place.
     *
     * @param realm the server's realm
     * @param account the account
     * @param next the other identity
     * @param now the present; kept to the millisecond
     * @return the signed statement
     */
    public Succession succeededBy(Realm realm, Username account, Ed25519PublicKey next, Instant now) {
        Instant time = now.truncatedTo(ChronoUnit.MILLIS);
        Bytes statement = Succession.statement(realm, account, next, time);
        return new Succession(publicKey(), time, sign(Label.SUCCESSION, statement));
    }

    @Override
    public void close() {
        key.close();
    }

    @Override
    public String toString() {
        return "identity " + fingerprint;
    }

    SecretBytes seed() {
        return key.seed();
    }
}
