package dev.pychat.crypto.secret;

import dev.pychat.crypto.open.HmacSha256;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;

/**
 * The key under which a backup is sealed, made of a passphrase that belongs to no account (ENVELOPE.md, section 14.1):
 *
 * <pre>
 * stretched(32)              = Argon2id(passphrase, salt = SHA-256(label "export salt" | salt), cost)
 * key(32) | commitment(32)   = HKDF(stretched, salt empty, info = label "export key", 64 bytes)
 * </pre>
 *
 * <p>The commitment stands in the backup, so that another passphrase is told from damage. Thread-safe. Closing erases the key.
 *
 * @param key 32 bytes
 * @param commitment 32 bytes, no secret
 */
public record ExportKey(SecretBytes key, Bytes commitment) implements AutoCloseable {

    /** How many bytes a salt has. */
    public static final int SALT_SIZE = 32;

    /** How many bytes a commitment has. */
    public static final int COMMITMENT_SIZE = 32;

    private static final int KEY_SIZE = 32;

    /**
     * Derives it. It takes as long as the cost says.
     *
     * @param passphrase the passphrase, which stays the caller's to close
     * @param salt the backup's own, {@value #SALT_SIZE} bytes
     * @param cost the cost; whether it is high enough is for the caller to judge
     * @return the key, to be closed by the caller
     * @throws InterruptedException if the thread is interrupted while it waits; then nothing has been derived
     * @throws IllegalArgumentException if the salt has another size
     */
    public static ExportKey derive(Passphrase passphrase, Bytes salt, PasswordCost cost) throws InterruptedException {
        if (salt.size() != SALT_SIZE) {
            throw new IllegalArgumentException("the salt has " + salt.size() + " bytes, must have " + SALT_SIZE);
        }
        Bytes bound = Sha256.of(Label.EXPORT_SALT, salt);
        try (SecretBytes stretched = Argon2id.derive(passphrase.utf8(), bound, cost);
                SecretBytes both =
                        stretched.derive(Bytes.EMPTY, Label.EXPORT_KEY.bytes(), KEY_SIZE + COMMITMENT_SIZE)) {
            Bytes commitment = both.reveal(raw -> Bytes.copyOf(raw, KEY_SIZE, COMMITMENT_SIZE));
            return new ExportKey(both.slice(0, KEY_SIZE), commitment);
        }
    }

    /**
     * Whether a backup was sealed under this key. Compares in constant time.
     *
     * @param stated the commitment that stands in the backup
     * @return false if the passphrase is another one, or what it was stretched with was altered
     */
    public boolean isCommittedTo(Bytes stated) {
        return HmacSha256.same(commitment, stated);
    }

    @Override
    public void close() {
        key.close();
    }
}
