package dev.pychat.store.memory;

import dev.pychat.model.Bytes;
import dev.pychat.model.Realm;
import dev.pychat.store.AccountStore;
import dev.pychat.store.BatchMessageStore;
import dev.pychat.store.BlockStore;
import dev.pychat.store.KeyDirectory;
import dev.pychat.store.ServerStores;
import dev.pychat.store.TokenStore;
import java.security.SecureRandom;

/**
 * Everything that a server keeps, in memory: gone with the process.
 *
 * <p>Thread-safe. What it keeps is bounded only by the heap.
 */
public final class MemoryServerStores implements ServerStores {

    private static final int SECRET_SIZE = 32;

    private final Guard guard = new Guard();
    private final Realm realm;
    private final Bytes decoySecret;
    private final MemoryTokens tokens = new MemoryTokens(guard);
    private final MemoryKeys keys = new MemoryKeys(guard);
    private final MemoryMessages messages = new MemoryMessages(guard);
    private final MemoryBlocks blocks = new MemoryBlocks(guard);
    private final MemoryAccounts accounts = new MemoryAccounts(guard, tokens, keys, messages, blocks);

    private MemoryServerStores(Realm realm, Bytes decoySecret) {
        this.realm = realm;
        this.decoySecret = decoySecret;
    }

    /**
     * Makes empty stores of a new installation.
     *
     * @param random where the realm and the decoy secret are drawn from
     * @return the stores
     */
    public static MemoryServerStores create(SecureRandom random) {
        return new MemoryServerStores(Realm.random(random), Bytes.random(random, SECRET_SIZE));
    }

    @Override
    public Realm realm() {
        return realm;
    }

    @Override
    public Bytes decoySecret() {
        return decoySecret;
    }

    @Override
    public AccountStore accounts() {
        return accounts;
    }

    @Override
    public TokenStore tokens() {
        return tokens;
    }

    @Override
    public KeyDirectory keys() {
        return keys;
    }

    @Override
    public BatchMessageStore messages() {
        return messages;
    }

    @Override
    public BlockStore blocks() {
        return blocks;
    }

    @Override
    public void close() {
        guard.close();
    }
}
