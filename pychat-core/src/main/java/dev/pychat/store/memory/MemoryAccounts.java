package dev.pychat.store.memory;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Accounts in memory. */
final class MemoryAccounts implements AccountStore {

    private final Guard guard;
    private final MemoryTokens tokens;
    private final MemoryKeys keys;
    private final MemoryMessages messages;
    private final MemoryBlocks blocks;
    private final TreeMap<String, Bytes> attempts = new TreeMap<>();
    private final Map<Username, StoredVault> vaults = new HashMap<>();
    private final Map<Username, Instant> tombstones = new HashMap<>();

    MemoryAccounts(Guard guard, MemoryTokens tokens, MemoryKeys keys, MemoryMessages messages, MemoryBlocks blocks) {
        this.guard = guard;
        this.tokens = tokens;
        this.keys = keys;
        this.messages = messages;
        this.blocks = blocks;
    }

    @Override
    public Creation create(NewAccount account) throws StoreException {
        return guard.call(() -> {
            Bytes holder = attempts.get(account.name().value());
            if (holder != null) {
                return holder.equals(account.attempt()) ? Creation.ALREADY_YOURS : Creation.TAKEN;
            }
            if (account.time().isBefore(tombstones.getOrDefault(account.name(), Instant.MIN))) {
                return Creation.TAKEN;
            }
            if (tombstones.remove(account.name()) != null) {
                forget(account.name());
            }
            attempts.put(account.name().value(), account.attempt());
            tokens.setLogin(account.name(), account.login());
            return Creation.CREATED;
        });
    }

    @Override
    public Optional<LoginRecord> login(Username name) throws StoreException {
        return guard.call(() -> tokens.login(name));
    }

    @Override
    public UserPage users(String prefix, String after, int limit) throws StoreException {
        Limits.check(limit, Limits.MAX_LIST);
        return guard.call(() -> {
            List<Username> names = attempts.tailMap(prefix).keySet().stream()
                    .takeWhile(name -> name.startsWith(prefix))
                    .filter(name -> name.compareTo(after) > 0)
                    .limit(limit + 1L)
                    .map(Username::new)
                    .toList();
            return new UserPage(names.subList(0, Math.min(limit, names.size())), names.size() > limit);
        });
    }

    @Override
    public Change changeLogin(
            Username name, LoginRecord expected, LoginRecord replacement, long expectedVault, StoredVault vault)
            throws StoreException {
        vault.requireAbove(expectedVault);
        return guard.call(() -> {
            Change change = change(name, expected, expectedVault);
            if (change == Change.CHANGED) {
                tokens.setLogin(name, replacement);
                vaults.put(name, vault);
            }
            return change;
        });
    }

    @Override
    public Optional<StoredVault> vault(Username name) throws StoreException {
        return guard.call(() -> Optional.ofNullable(vaults.get(name)));
    }

    @Override
    public Change putVault(Username name, LoginRecord expected, long expectedVault, StoredVault vault)
            throws StoreException {
        vault.requireAbove(expectedVault);
        return guard.call(() -> {
            Change change = change(name, expected, expectedVault);
            if (change == Change.CHANGED) {
                vaults.put(name, vault);
            }
            return change;
        });
    }

    private Change change(Username name, LoginRecord expected, long expectedVault) {
        if (!tokens.login(name).equals(Optional.of(expected))) {
            return Change.LOGIN_DIFFERS;
        }
        return vaultVersion(name) == expectedVault ? Change.CHANGED : Change.VAULT_DIFFERS;
    }

    private long vaultVersion(Username name) {
        StoredVault present = vaults.get(name);
        return present == null ? 0 : present.version();
    }

    @Override
    public boolean delete(Username name, LoginRecord expected, Instant nameFreeAt) throws StoreException {
        return guard.call(() -> {
            if (!tokens.login(name).equals(Optional.of(expected))) {
                return false;
            }
            attempts.remove(name.value());
            tombstones.put(name, nameFreeAt);
            forget(name);
            return true;
        });
    }

    private void forget(Username name) throws StoreException {
        vaults.remove(name);
        tokens.removeLogin(name);
        keys.forget(name);
        blocks.forget(name);
        messages.forgetRead(name);
    }
}
