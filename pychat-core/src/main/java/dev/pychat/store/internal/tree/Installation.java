package dev.pychat.store.internal.tree;

import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.store.StoreException;
import java.security.SecureRandom;

/**
 * What a server draws once in its life.
 *
 * <p>Immutable and thread-safe.
 */
record Installation(Realm realm, Bytes decoySecret) {

    private static final int SECRET_SIZE = 32;
    private static final Bytes REALM = Keys.text("realm");
    private static final Bytes DECOY = Keys.text("decoy");

    static Installation draw(SecureRandom random) {
        return new Installation(Realm.random(random), Bytes.random(random, SECRET_SIZE));
    }

    void store(Database database) throws StoreException {
        database.change((trees) -> {
            trees.installation().put(REALM, realm.value());
            trees.installation().put(DECOY, decoySecret);
        });
    }

    static Installation load(Database database) throws StoreException {
        return database.read((trees) -> {
            Tree tree = trees.installation();
            Bytes realm = tree.get(REALM).orElseThrow(() -> tree.damaged(REALM));
            Bytes decoy = tree.get(DECOY).orElseThrow(() -> tree.damaged(DECOY));
            return new Installation(new Realm(realm), decoy);
        });
    }

    @Override
    public String toString() {
        return "Installation[" + realm + "]";
    }
}
