package dev.pychat.store.memory;

import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Username;
import dev.pychat.store.LoginRecord;
import dev.pychat.store.StoreException;
import dev.pychat.store.TokenStore;
import dev.pychat.store.internal.DeviceToken;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Resume tokens in memory, with the log-in records that they hang on. */
final class MemoryTokens implements TokenStore {

    private final Guard guard;
    private final Map<Username, LoginRecord> logins = new HashMap<>();
    private final Map<Username, Map<DeviceId, DeviceToken>> tokens = new HashMap<>();

    MemoryTokens(Guard guard) {
        this.guard = guard;
    }

    @Override
    public boolean put(
            Username account, LoginRecord checked, DeviceId device, Bytes tokenHash, Instant now, Instant expires)
            throws StoreException {
        return guard.call(() -> {
            if (!checked.equals(logins.get(account))) {
                return false;
            }
            Map<DeviceId, DeviceToken> mine = ofAccount(account);
            mine.remove(device);
            DeviceToken.outdated(mine, now).forEach(mine::remove);
            mine.put(device, DeviceToken.first(tokenHash, expires));
            return true;
        });
    }

    @Override
    public boolean rotate(
            Username account, DeviceId device, Bytes presentedHash, Bytes nextHash, Instant now, Instant expires)
            throws StoreException {
        return guard.call(() -> {
            Optional<DeviceToken> next = Optional.ofNullable(
                            tokens.getOrDefault(account, Map.of()).get(device))
                    .flatMap(token -> token.rotate(presentedHash, nextHash, now, expires));
            next.ifPresent(token -> ofAccount(account).put(device, token));
            return next.isPresent();
        });
    }

    @Override
    public void revoke(Username account, DeviceId device) throws StoreException {
        guard.change(() -> tokens.getOrDefault(account, new HashMap<>()).remove(device));
    }

    @Override
    public void revokeAll(Username account) throws StoreException {
        guard.change(() -> forget(account));
    }

    /** Under the guard. */
    Optional<LoginRecord> login(Username account) {
        return Optional.ofNullable(logins.get(account));
    }

    /** Under the guard: what a log-in is checked against changes, and every token of before ends. */
    void setLogin(Username account, LoginRecord login) {
        logins.put(account, login);
        forget(account);
    }

    /** Under the guard. */
    void removeLogin(Username account) {
        logins.remove(account);
        forget(account);
    }

    private void forget(Username account) {
        tokens.remove(account);
    }

    private Map<DeviceId, DeviceToken> ofAccount(Username account) {
        return tokens.computeIfAbsent(account, name -> new HashMap<>());
    }
}
