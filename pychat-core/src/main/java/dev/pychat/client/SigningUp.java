package dev.pychat.client;

import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.PasswordKeys;
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
        entrance.requireTheSameRealm();
        List<Bytes> stored = entrance.files().load();
        KeyringHeader header = stored.isEmpty() ? newHeader() : KeyringHeader.read(stored.get(0));
        try (PasswordKeys keys = entrance.derive(passphrase, header)) {
            Keyring keyring = stored.isEmpty() ? create(header, keys) : pending(stored.get(0), keys);
            return entrance.enter(keyring, keys, made -> session(made, keys));
        }
    }

    private KeyringHeader newHeader() {
        Bytes salt = PasswordKeys.newSalt(options.random());
        return new KeyringHeader(entrance.realm(), entrance.user(), salt, options.passwordCost());
    }

    private Keyring create(KeyringHeader header, PasswordKeys keys) throws StoreException {
        Keyring keyring =
                Keyring.create(header, options.keySource(), options.clock().instant(), options.random());
        try {
            entrance.files().save(keyring, keys.vaultKey());
        } catch (StoreException e) {
            keyring.close();
            throw e;
        }
        return keyring;
    }

    private Keyring pending(Bytes stored, PasswordKeys keys) throws PychatException {
        Keyring keyring;
        try {
            keyring = Keyring.open(keys.vaultKey(), stored, options.keySource().policy());
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

    private Session session(Keyring keyring, PasswordKeys keys) throws PychatException, InterruptedException {
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
