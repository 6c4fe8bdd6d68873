package dev.pychat.client;

import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.keyring.Keyring;
import dev.pychat.model.Bytes;
import dev.pychat.store.KeyringStore;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.StoreException;
import dev.pychat.store.VersionedBytes;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * One account's keyring in its store. An empty document stands for none: the sign-up for which it was made was refused. Used
 * by one thread.
 */
final class KeyringFiles {

    private final KeyringStore store;
    private final LocalAccount account;
    private final SecureRandom random;
    private long version;

    KeyringFiles(KeyringStore store, LocalAccount account, SecureRandom random) {
        this.store = store;
        this.account = account;
        this.random = random;
    }

    /** The sealed keyring, if this device holds one. */
    Optional<Bytes> load() throws StoreException {
        Optional<VersionedBytes> stored = store.load(account);
        version = stored.map(VersionedBytes::version).orElse(0L);
        return stored.map(VersionedBytes::value).filter(document -> !document.isEmpty());
    }

    void save(Keyring keyring, SecretBytes vaultKey) throws StoreException {
        store.save(account, version, keyring.seal(vaultKey, random));
        version++;
    }

    /** The sign-up was refused, so these keys are nobody's. */
    void discard() throws StoreException {
        store.save(account, version, Bytes.EMPTY);
        version++;
    }
}
