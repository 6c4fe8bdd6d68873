package dev.pychat.testkit.client;

import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.store.AccountStore;
import dev.pychat.store.BlockStore;
import dev.pychat.store.KeyDirectory;
import dev.pychat.store.ServerStores;
import dev.pychat.store.TokenStore;

/** Stores that outlive the server which closes them. */
final class KeptStores implements ServerStores {

    private final ServerStores stores;
    private final RefusingMessages messages;

    KeptStores(ServerStores stores) {
        this.stores = stores;
        this.messages = new RefusingMessages(stores.messages());
    }

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
    public RefusingMessages messages() {
        return messages;
    }

    @Override
    public BlockStore blocks() {
        return stores.blocks();
    }

    @Override
    public void close() {}
}
