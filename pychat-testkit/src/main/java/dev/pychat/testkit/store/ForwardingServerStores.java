package dev.pychat.testkit.store;

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
 * Stores that hand out the parts of others. A test extends it and overrides the part that is to be another.
 *
 * <p>Thread-safe as what it wraps is.
 */
public class ForwardingServerStores implements ServerStores {

    private final ServerStores stores;

    /**
     * Wraps stores.
     *
     * @param stores whose parts these are, and what closing closes
     */
    protected ForwardingServerStores(ServerStores stores) {
        this.stores = stores;
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
    public BatchMessageStore messages() {
        return stores.messages();
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
