package dev.pychat.store.internal.tree;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import dev.pychat.store.AccountStore;
import dev.pychat.store.LoginRecord;
import dev.pychat.store.NewAccount;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoredVault;
import dev.pychat.store.UserPage;
import dev.pychat.store.internal.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Accounts over trees. */
final class TreeAccounts implements AccountStore {

    private final Database database;

    TreeAccounts(Database database) {
        this.database = database;
    }

    /** The account's record, in somebody else's transaction. */
    static Optional<AccountRecord> find(Trees trees, Username name) throws DamagedRecordException {
        return trees.accounts().get(Keys.name(name)).map(AccountRecord::read);
    }

    @Override
    public Creation create(NewAccount account) throws StoreException {
        return database.write((trees) -> {
            Bytes key = Keys.name(account.name());
            Optional<AccountRecord> holder = find(trees, account.name());
            if (holder.isPresent()) {
                return holder.get().attempt().equals(account.attempt()) ? Creation.ALREADY_YOURS : Creation.TAKEN;
            }
            Optional<Bytes> tombstone = trees.tombstones().get(key);
            if (tombstone.isPresent() && account.time().isBefore(new RecordReader(tombstone.get()).moment())) {
                return Creation.TAKEN;
            }
            if (tombstone.isPresent()) {
                trees.tombstones().delete(key);
                forget(trees, account.name());
            }
            trees.accounts().put(key, new AccountRecord(account.attempt(), account.login()).write());
            return Creation.CREATED;
        });
    }

    @Override
    public Optional<LoginRecord> login(Username name) throws StoreException {
        return database.read((trees) -> find(trees, name).map(AccountRecord::login));
    }

    @Override
    public UserPage users(String prefix, String after, int limit) throws StoreException {
        Limits.check(limit, Limits.MAX_LIST);
        Bytes begin = Keys.text(prefix);
        Bytes last = Keys.text(after);
        return database.read((trees) -> {
            List<Username> names = new ArrayList<>();
            trees.accounts().upwards(begin.compareTo(last) > 0 ? begin : last, entry -> {
                boolean fits = Keys.startsWith(entry.key(), begin);
                if (fits && entry.key().compareTo(last) > 0) {
                    names.add(new Username(Keys.rest(entry.key(), Bytes.EMPTY)));
                }
                return (fits || entry.key().compareTo(begin) < 0) && names.size() <= limit;
            });
            return new UserPage(names.subList(0, Math.min(limit, names.size())), names.size() > limit);
        });
    }

    @Override
    public Change changeLogin(
            Username name, LoginRecord expected, LoginRecord replacement, long expectedVault, StoredVault vault)
            throws StoreException {
        vault.requireAbove(expectedVault);
        return database.write((trees) -> {
            Optional<AccountRecord> present = checked(trees, name, expected);
            Change change = change(trees, name, present, expectedVault);
            if (change == Change.CHANGED) {
                AccountRecord changed = new AccountRecord(present.orElseThrow().attempt(), replacement);
                trees.accounts().put(Keys.name(name), changed.write());
                put(trees, name, vault);
                Owned.deleteAll(trees.tokens(), name);
            }
            return change;
        });
    }

    @Override
    public Optional<StoredVault> vault(Username name) throws StoreException {
        return database.read((trees) -> vault(trees, name));
    }

    private static Optional<StoredVault> vault(Trees trees, Username name) throws DamagedRecordException {
        return trees.vaults().get(Keys.name(name)).map(RecordReader::new).map(record -> {
            long version = record.count();
            return new StoredVault(version, record.rest());
        });
    }

    @Override
    public Change putVault(Username name, LoginRecord expected, long expectedVault, StoredVault vault)
            throws StoreException {
        vault.requireAbove(expectedVault);
        return database.write((trees) -> {
            Change change = change(trees, name, checked(trees, name, expected), expectedVault);
            if (change == Change.CHANGED) {
                put(trees, name, vault);
            }
            return change;
        });
    }

    /** The account's record if it still has the log-in that was checked. */
    private static Optional<AccountRecord> checked(Trees trees, Username name, LoginRecord expected)
            throws DamagedRecordException {
        return find(trees, name).filter(present -> present.login().equals(expected));
    }

    private static Change change(Trees trees, Username name, Optional<AccountRecord> checked, long expectedVault)
            throws DamagedRecordException {
        if (checked.isEmpty()) {
            return Change.LOGIN_DIFFERS;
        }
        long stored = vault(trees, name).map(StoredVault::version).orElse(0L);
        return stored == expectedVault ? Change.CHANGED : Change.VAULT_DIFFERS;
    }

    private static void put(Trees trees, Username name, StoredVault vault) {
        Bytes record =
                new RecordWriter().count(vault.version()).raw(vault.sealed()).done();
        trees.vaults().put(Keys.name(name), record);
    }

    @Override
    public boolean delete(Username name, LoginRecord expected, Instant nameFreeAt) throws StoreException {
        return database.write((trees) -> {
            Bytes key = Keys.name(name);
            if (checked(trees, name, expected).isEmpty()) {
                return false;
            }
            trees.accounts().delete(key);
            trees.tombstones().put(key, new RecordWriter().moment(nameFreeAt).done());
            forget(trees, name);
            return true;
        });
    }

    private static void forget(Trees trees, Username name) throws DamagedRecordException {
        trees.vaults().delete(Keys.name(name));
        for (Tree tree : List.of(trees.tokens(), trees.bundles(), trees.pools(), trees.oneTimeKeys(), trees.blocks())) {
            Owned.deleteAll(tree, name);
        }
        TreeMessages.forgetRead(trees, name);
    }
}
