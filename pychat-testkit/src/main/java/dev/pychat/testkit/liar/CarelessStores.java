package dev.pychat.testkit.liar;

import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.store.AccountStore;
import dev.pychat.store.BatchMessageStore;
import dev.pychat.store.BlockStore;
import dev.pychat.store.KeyDirectory;
import dev.pychat.store.ServerStores;
import dev.pychat.store.StoreException;
import dev.pychat.store.TokenStore;

/**
 * Stores with other messages than their own.
 *
 * @param stores everything else
 * @param messages the messages
 */
record CarelessStores(ServerStores stores, BatchMessageStore messages) implements ServerStores {

    @Override
    public Realm realm() {
        return stores.realm();
    }

    @Override
    public Bytes decoySecret() {
        return stores.decoySecret();
    }

    @Override
    public AccountStore accounts() {
        return stores.accounts();
    }

    @Override
    public TokenStore tokens() {
        return stores.tokens();
    }

    @Override
    public KeyDirectory keys() {
        return stores.keys();
    }

    @Override
    public BlockStore blocks() {
        return stores.blocks();
    }

    @Override
    public void close() throws StoreException {
        stores.close();
    }
}
