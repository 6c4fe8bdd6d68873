package dev.pychat.server;

import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import dev.pychat.store.AccountStore;
import dev.pychat.store.BatchMessageStore;
import dev.pychat.store.BlockStore;
import dev.pychat.store.KeyDirectory;
import dev.pychat.store.LoginRecord;
import dev.pychat.store.NewAccount;
import dev.pychat.store.ServerStores;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoredVault;
import dev.pychat.store.TokenStore;
import dev.pychat.store.UserPage;
import dev.pychat.store.directory.internal.Reasons;
import dev.pychat.store.internal.tree.DamagedRecordException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The stores of a server, with a note of whether they take accounts and tokens, without which nobody signs up or logs in, and tell of
 * them. What changed nothing says nothing. Thread-safe as the stores are.
 */
final class WatchedStores implements ServerStores {

    private final ServerStores stores;
    private final StoreHealth.Writes written;
    private final AccountStore accounts;
    private final TokenStore tokens;

    WatchedStores(ServerStores stores, StoreHealth.Writes written) {
        this.stores = stores;
        this.written = written;
        this.accounts = new Accounts(stores.accounts());
        this.tokens = new Tokens(stores.tokens());
    }

    private interface Write<T> {
        T run() throws StoreException;
    }

    private interface Revoking {
        void run() throws StoreException;
    }

    /** Whether there was anything to revoke is not known. */
    private void watched(Revoking revoking) throws StoreException {
        boolean done = watched(
                () -> {
                    revoking.run();
                    return true;
                },
                unknown -> false);
        assert done;
    }

    private <T> T watched(Write<T> write, Predicate<T> changed) throws StoreException {
        try {
            T result = write.run();
            if (changed.test(result)) {
                written.taken();
            }
            return result;
        } catch (StoreException e) {
            // One account's fault says nothing about the others.
            if (!Reasons.isCausedBy(e, DamagedRecordException.class)) {
                written.failed(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private final class Accounts implements AccountStore {

        private final AccountStore store;

        Accounts(AccountStore store) {
            this.store = store;
        }

        @Override
        public Creation create(NewAccount account) throws StoreException {
            return watched(() -> store.create(account), Creation.CREATED::equals);
        }

        @Override
        public Optional<LoginRecord> login(Username name) throws StoreException {
            return watched(() -> store.login(name), unchanged -> false);
        }

        @Override
        public UserPage users(String prefix, String after, int limit) throws StoreException {
            return store.users(prefix, after, limit);
        }

        @Override
        public Change changeLogin(
                Username name, LoginRecord expected, LoginRecord replacement, long expectedVault, StoredVault vault)
                throws StoreException {
            return watched(
                    () -> store.changeLogin(name, expected, replacement, expectedVault, vault), Change.CHANGED::equals);
        }

        @Override
        public Optional<StoredVault> vault(Username name) throws StoreException {
            return store.vault(name);
        }

        @Override
        public Change putVault(Username name, LoginRecord expected, long expectedVault, StoredVault vault)
                throws StoreException {
            return watched(() -> store.putVault(name, expected, expectedVault, vault), Change.CHANGED::equals);
        }

        @Override
        public boolean delete(Username name, LoginRecord expected, Instant nameFreeAt) throws StoreException {
            return watched(() -> store.delete(name, expected, nameFreeAt), deleted -> deleted);
        }
    }

    private final class Tokens implements TokenStore {

        private final TokenStore store;

        Tokens(TokenStore store) {
            this.store = store;
        }

        @Override
        public boolean put(
                Username account, LoginRecord checked, DeviceId device, Bytes tokenHash, Instant now, Instant expires)
                throws StoreException {
            return watched(() -> store.put(account, checked, device, tokenHash, now, expires), put -> put);
        }

        @Override
        public boolean rotate(
                Username account, DeviceId device, Bytes presentedHash, Bytes nextHash, Instant now, Instant expires)
                throws StoreException {
            return watched(
                    () -> store.rotate(account, device, presentedHash, nextHash, now, expires), rotated -> rotated);
        }

        @Override
        public void revoke(Username account, DeviceId device) throws StoreException {
            watched(() -> store.revoke(account, device));
        }

        @Override
        public void revokeAll(Username account) throws StoreException {
            watched(() -> store.revokeAll(account));
        }
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
        return accounts;
    }

    @Override
    public TokenStore tokens() {
        return tokens;
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
