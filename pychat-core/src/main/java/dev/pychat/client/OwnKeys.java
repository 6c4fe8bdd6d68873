package dev.pychat.client;

import dev.pychat.crypto.secret.Ed25519PrivateKey;
import dev.pychat.crypto.secret.MlKemPrivateKey;
import dev.pychat.crypto.secret.RsaPrivateKey;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.envelope.WrappingKeys;
import dev.pychat.key.BundleException;
import dev.pychat.key.CheckedBundle;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeyId;
import dev.pychat.keyring.Identity;
import dev.pychat.keyring.Keyring;
import dev.pychat.model.EpochName;
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
 * <p>Thread-safe. A keyring that was replaced stays open until {@link #closeReplaced}, since the step that replaced it may still work
 * with it. Epochs that are under way sign with a key of its own, which stays open, and so do secrets of an earlier passphrase: there
 * are as many of these as a person made.
 */
final class OwnKeys implements AutoCloseable {

    /** What makes the next keyring of the present one, or gives back the present one itself. */
    interface Change {
        Keyring apply(Keyring present) throws PychatException;
    }

    /** Both of one moment. */
    private record Held(Keyring keyring, Identity signer) {}

    /**
     * What an epoch is begun with: the bundle is that of the identity that signs.
     *
     * @param signer stays open as long as these keys
     * @param bundle the last one that was made
     * @param vault the newest version that was seen
     */
    record Signing(Ed25519PrivateKey signer, CheckedBundle bundle, long vault) {}

    private final ClientOptions options;
    private final KeyringFiles files;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Keyring> replaced = new ArrayList<>();
    private final List<AutoCloseable> past = new ArrayList<>();
    private volatile Held held;
    private volatile Secrets secrets;
    private volatile @Nullable CheckedBundle bundle;

    /** Takes the keyring over. */
    OwnKeys(ClientOptions options, KeyringFiles files, Keyring keyring, Secrets secrets) {
        this.options = options;
        this.files = files;
        this.held = new Held(keyring, keyring.identity().copy());
        this.secrets = secrets.copy();
    }

    /** Its secrets are for the account's own work, one step at a time; what is public of it is for everybody. */
    Keyring keyring() {
        return held.keyring();
    }

    /** What an epoch is begun with, read in one step: another identity may come at any moment. */
    Signing signing() {
        Held now = held;
        return new Signing(
                now.signer().privateKey(),
                bundle(now.keyring()),
                now.keyring().seenVault().version());
    }

    /** Between two steps of the account's own work nothing uses what the steps before have replaced. */
    void closeReplaced() {
        lock.lock();
        try {
            replaced.forEach(Keyring::close);
            replaced.clear();
        } finally {
            lock.unlock();
        }
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
            files.saveBoth(held.keyring(), secrets, next, withSecrets);
        } finally {
            lock.unlock();
        }
    }

    /** Of what the store holds, only what is in use counts. */
    void settle() throws StoreException {
        lock.lock();
        try {
            files.save(held.keyring(), secrets);
        } finally {
            lock.unlock();
        }
    }

    /** What was prepared counts now. Takes the keyring over. */
    void become(Keyring next, Secrets withSecrets) throws StoreException {
        lock.lock();
        try {
            past.add(secrets);
            replace(upToDate(next));
            secrets = withSecrets.copy();
            files.save(held.keyring(), secrets);
        } finally {
            lock.unlock();
        }
    }

    /** What became of one-time keys while the server was asked counts; those of a former identity are given up. */
    private Keyring upToDate(Keyring next) {
        Keyring present = held.keyring();
        if (!next.identity().publicKey().equals(present.identity().publicKey())) {
            return next;
        }
        try (next) {
            return next.withKemKeys(present.kemKeys().without(key -> false));
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
            Keyring before = held.keyring();
            Keyring next = change.apply(before);
            if (next != before) {
                save(next);
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void save(Keyring next) throws StoreException {
        try {
            files.save(next, secrets);
        } catch (StoreException e) {
            next.close();
            throw e;
        }
        replace(next);
    }

    private void replace(Keyring next) {
        Held before = held;
        boolean renewed = !next.identity().publicKey().equals(before.signer().publicKey());
        if (renewed) {
            past.add(before.signer());
        }
        replaced.add(before.keyring());
        held = new Held(next, renewed ? next.identity().copy() : before.signer());
    }

    /** All keys that this device opens epochs with, for any thread: a key that is opened is taken while no keyring is closed. */
    WrappingKeys wrappingKeys() {
        return new WrappingKeys() {
            @Override
            public Optional<RsaPrivateKey> byId(KeyId id) {
                return held.keyring().wrappingKey(id);
            }

            @Override
            public Optional<MlKemPrivateKey> kemById(KeyId id) {
                lock.lock();
                try {
                    return WrappingKeys.of(held.keyring()).kemById(id);
                } finally {
                    lock.unlock();
                }
            }

            @Override
            public Optional<EpochName> usedBy(KeyId id) {
                return WrappingKeys.of(held.keyring()).usedBy(id);
            }

            @Override
            public long listedSince() {
                if (DevicePlace.isUnreached(held.keyring())) {
                    // Nothing is wrapped to it, and no bundle lists it yet: the peer is not asked for every message.
                    return Long.MAX_VALUE;
                }
                return WrappingKeys.of(held.keyring()).listedSince();
            }
        };
    }

    /** The own bundle with its keys: the last one that was made. */
    CheckedBundle bundle() {
        return bundle(held.keyring());
    }

    private CheckedBundle bundle(Keyring keyring) {
        KeyBundle last = keyring.bundle().orElseThrow(() -> new IllegalStateException("no bundle was made yet"));
        CheckedBundle known = bundle;
        if (known == null || !known.bundle().equals(last)) {
            known = checked(keyring, last);
            bundle = known;
        }
        return known;
    }

    private CheckedBundle checked(Keyring keyring, KeyBundle own) {
        try {
            return own.check(
                    keyring.realm(), keyring.username(), options.keySource().policy());
        } catch (BundleException e) {
            throw new IllegalStateException("a bundle that was made here is not usable here", e);
        }
    }

    Optional<KeyBundle> lastBundle() {
        return held.keyring().bundle();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closeReplaced();
            past.forEach(OwnKeys::erase);
            past.clear();
            held.keyring().close();
            held.signer().close();
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
