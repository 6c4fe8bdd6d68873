package dev.pychat.client;

import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.PasswordKeys;
import dev.pychat.crypto.secret.RecoverySecret;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.KeyringHeader;
import dev.pychat.keyring.UnreadableException;
import dev.pychat.model.Bytes;
import dev.pychat.model.PychatException;
import dev.pychat.store.StoreException;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Session;
import dev.pychat.wire.SignUp;
import java.util.List;
import java.util.Optional;

/**
 * Makes a new account. The keyring is stored first, without a bundle: whoever is interrupted here and asks again with the same
 * passphrase goes on with the same keys and the same attempt, which the server knows again. On the caller's thread.
 */
final class SigningUp {

    private final Entrance entrance;
    private final ClientOptions options;

    SigningUp(Entrance entrance) {
        this.entrance = entrance;
        this.options = entrance.options();
    }

    Account signUp(Passphrase passphrase) throws PychatException, InterruptedException {
        return signUp(passphrase, Optional.empty());
    }

    /** The same with a recovery secret, which may be that of a sign-up that was cut off. */
    Account signUpWithRecovery(Passphrase passphrase) throws PychatException, InterruptedException {
        try (RecoverySecret fresh = RecoverySecret.random(options.random())) {
            return signUp(passphrase, Optional.of(fresh));
        }
    }

    private Account signUp(Passphrase passphrase, Optional<RecoverySecret> recovery)
            throws PychatException, InterruptedException {
        entrance.requireTheSameRealm();
        List<HomeKeyring> stored = entrance.files().load();
        KeyringHeader header = stored.isEmpty() ? newHeader() : stored.get(0).header();
        try (PasswordKeys keys = entrance.derive(passphrase, header)) {
            return stored.isEmpty() ? begin(header, keys, recovery) : goOn(stored.get(0), keys, recovery.isPresent());
        }
    }

    private Account begin(KeyringHeader header, PasswordKeys keys, Optional<RecoverySecret> recovery)
            throws PychatException, InterruptedException {
        try (Secrets secrets = Secrets.of(keys, recovery)) {
            Keyring keyring = create(header, secrets);
            return entrance.enter(keyring, secrets, made -> session(made, secrets));
        }
    }

    private Account goOn(HomeKeyring stored, PasswordKeys keys, boolean wantsRecovery)
            throws PychatException, InterruptedException {
        Keyring keyring = pending(stored, keys);
        Optional<RecoverySecret> recovery = stored.recovery(keys.vaultKey());
        try (Secrets secrets = Secrets.of(keys, recovery)) {
            if (recovery.isPresent() != wantsRecovery) {
                keyring.close();
                throw new NameTakenException("a sign-up of " + entrance.user() + " was begun on this device "
                        + (wantsRecovery ? "without" : "with") + " a recovery secret: go on with it that way");
            }
            return entrance.enter(keyring, secrets, made -> session(made, secrets));
        } finally {
            recovery.ifPresent(RecoverySecret::close);
        }
    }

    private KeyringHeader newHeader() {
        Bytes salt = PasswordKeys.newSalt(options.random());
        return new KeyringHeader(entrance.realm(), entrance.user(), salt, options.passwordCost());
    }

    private Keyring create(KeyringHeader header, Secrets keys) throws StoreException {
        Keyring keyring =
                Keyring.create(header, options.keySource(), options.clock().instant(), options.random());
        try {
            entrance.files().save(keyring, keys);
        } catch (StoreException e) {
            keyring.close();
            throw e;
        }
        return keyring;
    }

    private Keyring pending(HomeKeyring stored, PasswordKeys keys) throws PychatException {
        Keyring keyring;
        try {
            keyring = stored.open(keys.vaultKey(), options.keySource().policy());
        } catch (UnreadableException e) {
            if (e.reason() != UnreadableException.Reason.WRONG_KEY) {
                throw e;
            }
            throw new NameTakenException("this device holds keys of " + entrance.user()
                    + " already, under another passphrase: log in with that one");
        }
        if (keyring.bundle().isPresent()) {
            keyring.close();
            throw new NameTakenException(entrance.user() + " has signed up from this device already: log in");
        }
        return keyring;
    }

    private Session session(Keyring keyring, Secrets keys) throws PychatException, InterruptedException {
        KeyringHeader header = keyring.header();
        try {
            return entrance.ask(
                    Session.class,
                    id -> new SignUp(
                            id,
                            entrance.user(),
                            keyring.device().value(),
                            header.salt(),
                            Entrance.told(header.cost()),
                            keyring.device(),
                            Entrance.credential(keys.loginSecret())));
        } catch (FailureException e) {
            if (e.code() == ErrorCode.NAME_TAKEN) {
                entrance.files().discard();
                throw new NameTakenException("the user name " + entrance.user() + " is taken");
            }
            throw e;
        }
    }
}
