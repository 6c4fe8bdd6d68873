package dev.pychat.crypto.secret;

import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.security.SecureRandom;

/**
 * What becomes of a passphrase: a login secret, which goes to the server, and a vault key, which never does. Neither tells
 * anything about the other or, short of guessing, about the passphrase.
 *
 * <pre>
 * account       = realm | u8 length | user name
 * stretched(32) = Argon2id(passphrase, salt = SHA-256(label "password salt" | account | salt), cost)
 * login secret  = HKDF(stretched, salt empty, info = label "login secret" | account, 32 bytes)
 * vault key     = HKDF(stretched, salt empty, info = label "vault key" | account, 32 bytes)
 * </pre>
 *
 * <p>Thread-safe. Closing erases both; so whoever needs one longer takes a {@link SecretBytes#copy()}.
 *
 * @param loginSecret 32 bytes
 * @param vaultKey 32 bytes
 */
public record PasswordKeys(SecretBytes loginSecret, SecretBytes vaultKey) implements AutoCloseable {

    /** How many bytes the salt of an account has. */
    public static final int SALT_SIZE = 32;

    private static final int KEY_SIZE = 32;

    /**
     * Draws the salt of a new account or a new passphrase.
     *
     * @param random the source
     * @return 32 bytes
     */
    public static Bytes newSalt(SecureRandom random) {
        return Bytes.random(random, SALT_SIZE);
    }

    /**
     * Derives both keys. It takes as long as the cost says, after waiting while other derivations of this process hold the
     * memory.
     *
     * @param passphrase the passphrase, which stays the caller's to close
     * @param realm the server's realm
     * @param username the account
     * @param salt the account's salt, 32 bytes
     * @param cost the account's cost; whether it is high enough is for the caller to judge
     * @return both keys, to be closed by the caller
     * @throws InterruptedException if the thread is interrupted while it waits; then nothing has been derived
     * @throws IllegalArgumentException if the salt has another size
     */
    public static PasswordKeys derive(
            Passphrase passphrase, Realm realm, Username username, Bytes salt, PasswordCost cost)
            throws InterruptedException {
        if (salt.size() != SALT_SIZE) {
            throw new IllegalArgumentException("the salt has " + salt.size() + " bytes, must have " + SALT_SIZE);
        }
        Bytes account = account(realm, username);
        Bytes bound = Sha256.of(Label.PASSWORD_SALT, account, salt);
        try (SecretBytes stretched = Argon2id.derive(passphrase.utf8(), bound, cost)) {
            return new PasswordKeys(
                    stretched.derive(Bytes.EMPTY, Bytes.concat(Label.LOGIN_SECRET.bytes(), account), KEY_SIZE),
                    stretched.derive(Bytes.EMPTY, Bytes.concat(Label.VAULT_KEY.bytes(), account), KEY_SIZE));
        }
    }

    @Override
    public void close() {
        loginSecret.close();
        vaultKey.close();
    }

    private static Bytes account(Realm realm, Username username) {
        try (BinaryWriter account = new BinaryWriter()) {
            return account.raw(realm.value()).username(username).toBytes();
        }
    }
}
