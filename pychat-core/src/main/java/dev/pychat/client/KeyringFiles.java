package dev.pychat.client;

import dev.pychat.crypto.open.BinaryReader;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.keyring.Keyring;
import dev.pychat.model.Bytes;
import dev.pychat.store.KeyringStore;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.VersionedBytes;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * One account's keyring in its store. An empty document stands for none: the sign-up for which it was made was refused. While the
 * passphrase is being changed the document holds two, and which of them counts is the server's to say. Used by one thread at a time.
 */
final class KeyringFiles {

    private static final Bytes CHANGE = Label.KEYRING_CHANGE.bytes();

    private final KeyringStore store;
    private final LocalAccount account;
    private final SecureRandom random;
    private long version;
    private boolean both;

    KeyringFiles(KeyringStore store, LocalAccount account, SecureRandom random) {
        this.store = store;
        this.account = account;
        this.random = random;
    }

    /** The sealed keyrings that this device holds: none, one, or the one before and the one after a change of the passphrase. */
    List<HomeKeyring> load() throws StoreException {
        Optional<VersionedBytes> stored = store.load(account);
        version = stored.map(VersionedBytes::version).orElse(0L);
        Bytes document = stored.map(VersionedBytes::value).orElse(Bytes.EMPTY);
        if (document.isEmpty()) {
            return List.of();
        }
        boolean change = document.size() > CHANGE.size()
                && document.slice(0, CHANGE.size()).equals(CHANGE);
        both = change;
        return change ? both(document) : List.of(HomeKeyring.read(document));
    }

    /** Whether the document is that of a change of which nobody knew the end. */
    boolean holdsBoth() {
        return both;
    }

    private static List<HomeKeyring> both(Bytes document) throws StoreRefusedException {
        BinaryReader in = new BinaryReader("keyrings", document);
        try {
            in.raw("label", CHANGE.size());
            Bytes before = in.bytes32("keyring before", KeyringStore.MAX_SIZE);
            Bytes after = in.bytes32("keyring after", KeyringStore.MAX_SIZE);
            in.end();
            return List.of(HomeKeyring.read(before), HomeKeyring.read(after));
        } catch (MalformedException e) {
            throw new StoreRefusedException("the keyring of this device is damaged: " + e.getMessage(), e);
        }
    }

    /** The passphrase is about to change: nobody knows which of the two counts until the server has answered. */
    void saveBoth(Keyring before, Secrets secretsBefore, Keyring after, Secrets secretsAfter) throws StoreException {
        try (BinaryWriter out = new BinaryWriter()) {
            out.raw(CHANGE);
            out.bytes32(HomeKeyring.seal(before, secretsBefore, random).document());
            out.bytes32(HomeKeyring.seal(after, secretsAfter, random).document());
            store.save(account, version, out.toBytes());
            version++;
        }
    }

    void save(Keyring keyring, Secrets secrets) throws StoreException {
        store.save(account, version, HomeKeyring.seal(keyring, secrets, random).document());
        version++;
    }

    /** The sign-up was refused, so these keys are nobody's. */
    void discard() throws StoreException {
        store.save(account, version, Bytes.EMPTY);
        version++;
    }
}
