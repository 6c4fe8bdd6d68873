package dev.pychat.client;

import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.BundleException;
import dev.pychat.key.CheckedBundle;
import dev.pychat.key.KeyBundle;
import dev.pychat.keyring.Keyring;
import dev.pychat.model.PychatException;
import dev.pychat.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The keyring of the account that is logged in, as it changes: what is new is on this device's disk before anybody sees it.
 *
 * <p>Thread-safe. A keyring that was replaced stays open until all of them are closed, since an epoch that is under way still
 * signs with it.
 */
final class OwnKeys implements AutoCloseable {

    /** What makes the next keyring of the present one, or gives back the present one itself. */
    interface Change {
        Keyring apply(Keyring present) throws PychatException;
    }

    private final ClientOptions options;
    private final KeyringFiles files;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<AutoCloseable> replaced = new ArrayList<>();
    private volatile Keyring keyring;
    private volatile Secrets secrets;
    private volatile @Nullable CheckedBundle bundle;

    /** Takes the keyring over. */
    OwnKeys(ClientOptions options, KeyringFiles files, Keyring keyring, Secrets secrets) {
        this.options = options;
        this.files = files;
        this.keyring = keyring;
        this.secrets = secrets.copy();
    }

    Keyring keyring() {
        return keyring;
    }

    /** What opens keyring and vault. */
    Secrets secrets() {
        return secrets;
    }

    /** What proves to the server that this is the account's owner. */
    SecretBytes loginSecret() {
        return secrets.loginSecret();
    }

    /** The passphrase is about to change: from now on the store holds what is and what will be, until one of them counts. */
    void prepare(Keyring next, Secrets withSecrets) throws StoreException {
        lock.lock();
        try {
            files.saveBoth(keyring, secrets, next, withSecrets);
        } finally {
            lock.unlock();
        }
    }

    /** Of what the store holds, only what is in use counts. */
    void settle() throws StoreException {
        lock.lock();
        try {
            files.save(keyring, secrets);
        } finally {
            lock.unlock();
        }
    }

    /** What was prepared counts now. Takes the keyring over. */
    void become(Keyring next, Secrets withSecrets) throws StoreException {
        lock.lock();
        try {
            replaced.add(keyring);
            replaced.add(secrets);
            keyring = next;
            secrets = withSecrets.copy();
            files.save(next, secrets);
        } finally {
            lock.unlock();
        }
    }

    /** The account is gone, and these keys are nobody's. */
    void discard() throws StoreException {
        lock.lock();
        try {
            files.discard();
        } finally {
            lock.unlock();
        }
    }

    /** Changes the keyring and stores it. If that fails, the one before stays. */
    Keyring change(Change change) throws PychatException {
        lock.lock();
        try {
            Keyring before = keyring;
            Keyring next = change.apply(before);
            if (next != before) {
                save(before, next);
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void save(Keyring before, Keyring next) throws StoreException {
        try {
            files.save(next, secrets);
        } catch (StoreException e) {
            next.close();
            throw e;
        }
        replaced.add(before);
        keyring = next;
    }

    /** The own bundle with its keys: the last one that was made. */
    CheckedBundle bundle() {
        KeyBundle last = keyring.bundle().orElseThrow(() -> new IllegalStateException("no bundle was made yet"));
        CheckedBundle known = bundle;
        if (known == null || !known.bundle().equals(last)) {
            known = checked(last);
            bundle = known;
        }
        return known;
    }

    private CheckedBundle checked(KeyBundle own) {
        try {
            return own.check(
                    keyring.realm(), keyring.username(), options.keySource().policy());
        } catch (BundleException e) {
            throw new IllegalStateException("a bundle that was made here is not usable here", e);
        }
    }

    Optional<KeyBundle> lastBundle() {
        return keyring.bundle();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            replaced.forEach(OwnKeys::erase);
            replaced.clear();
            keyring.close();
            secrets.close();
        } finally {
            lock.unlock();
        }
    }

    static void erase(AutoCloseable secret) {
        try {
            secret.close();
        } catch (Exception e) {
            throw new IllegalStateException("erasing does not fail", e);
        }
    }
}
