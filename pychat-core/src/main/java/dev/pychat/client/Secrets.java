package dev.pychat.client;

import dev.pychat.crypto.secret.PasswordKeys;
import dev.pychat.crypto.secret.RecoverySecret;
import dev.pychat.crypto.secret.SecretBytes;
import java.util.Optional;

/**
 * What opens the places of an account: its passphrase's keys and, where it has one, the recovery secret. The keyring of a device is sealed
 * under the passphrase's key alone and the recovery secret with it, so that a known device asks for the passphrase only; the vault is sealed under both. Thread-safe;
 * closing erases them.
 */
final class Secrets implements AutoCloseable {

    private final PasswordKeys ofPassphrase;
    private final Optional<RecoverySecret> recovery;
    private final SecretBytes vaultKey;

    private Secrets(PasswordKeys ofPassphrase, Optional<RecoverySecret> recovery) {
        this.ofPassphrase = ofPassphrase;
        this.recovery = recovery;
        this.vaultKey = recovery.map(secret -> secret.vaultKey(ofPassphrase.vaultKey()))
                .orElseGet(() -> ofPassphrase.vaultKey().copy());
    }

    /** Copies both. */
    static Secrets of(PasswordKeys keys, Optional<RecoverySecret> recovery) {
        PasswordKeys copy =
                new PasswordKeys(keys.loginSecret().copy(), keys.vaultKey().copy());
        return new Secrets(copy, recovery.map(RecoverySecret::copy));
    }

    Secrets copy() {
        return of(ofPassphrase, recovery);
    }

    /** What proves to the server that this is the account's owner. */
    SecretBytes loginSecret() {
        return ofPassphrase.loginSecret();
    }

    /** The key under which this device keeps its keyring. */
    SecretBytes homeKey() {
        return ofPassphrase.vaultKey();
    }

    /** The key under which the vault is sealed. */
    SecretBytes vaultKey() {
        return vaultKey;
    }

    Optional<RecoverySecret> recovery() {
        return recovery;
    }

    @Override
    public void close() {
        ofPassphrase.close();
        recovery.ifPresent(RecoverySecret::close);
        vaultKey.close();
    }
}
