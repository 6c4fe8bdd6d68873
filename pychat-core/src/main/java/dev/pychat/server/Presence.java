package dev.pychat.server;

import dev.pychat.model.Username;
import dev.pychat.store.LoginRecord;
import dev.pychat.store.StoreException;
import dev.pychat.wire.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the account of a session is still there with the passphrase that it had. Hints tell it at once; where one was lost, or
 * another node made the change, this finds it at the next request. Confined to the connection's queue.
 */
final class Presence {

    /** How long an answer of the store counts. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final Engine engine;
    private final Username user;
    private @Nullable LoginRecord known;
    private Instant asked = Instant.EPOCH;

    Presence(Engine engine, Username user) {
        this.engine = engine;
        this.user = user;
    }

    /** This session has changed the passphrase itself. */
    void isNow(LoginRecord login) {
        known = login;
    }

    void require() throws RefusalException, StoreException {
        Instant now = engine.clock().instant();
        if (now.isBefore(asked.plus(FRESH)) && !now.isBefore(asked)) {
            return;
        }
        Optional<LoginRecord> present = engine.stores().accounts().login(user);
        if (present.isEmpty() || known != null && !known.equals(present.get())) {
            throw new RefusalException(ErrorCode.LOGIN_REQUIRED, "this session is over: the account was changed");
        }
        known = present.get();
        asked = now;
    }
}
