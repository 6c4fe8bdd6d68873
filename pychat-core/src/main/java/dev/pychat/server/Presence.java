package dev.pychat.server;

import dev.pychat.model.Username;
import dev.pychat.store.LoginRecord;
import dev.pychat.store.StoreException;
import dev.pychat.wire.ErrorCode;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the account of a session is still there with the passphrase that it had. A hint makes it look at the next request, and
 * where one was lost it looks by itself after a while. {@link #doubt} may be called from anywhere, the rest is confined to the
 * connection's queue.
 */
final class Presence {

    /** What a session is told whose account is not what it was. */
    static final String OVER = "this session is over: the passphrase was changed elsewhere, or the account is gone";

    private final Engine engine;
    private final Username user;
    private LoginRecord known;
    private Instant asked = Instant.EPOCH;
    private volatile boolean doubted = true;

    /** Begins for a session that was made of this log-in record, or of a token of its time. */
    Presence(Engine engine, Username user, LoginRecord known) {
        this.engine = engine;
        this.user = user;
        this.known = known;
    }

    /** This session has changed the passphrase itself. */
    void isNow(LoginRecord login) {
        known = login;
    }

    /** Something has come about, so the last answer counts no more. */
    void doubt() {
        doubted = true;
    }

    /** Whether the last answer still counts. */
    boolean isFresh() {
        return !doubted && Freshness.counts(asked, engine.clock().instant());
    }

    /** Whether the last answer still counts, but it is time to look again. */
    boolean isOld(Instant now) {
        return !doubted && Freshness.isOld(asked, now);
    }

    void require() throws RefusalException, StoreException {
        if (!holds()) {
            throw new RefusalException(ErrorCode.LOGIN_REQUIRED, OVER);
        }
    }

    boolean holds() throws StoreException {
        Instant now = engine.clock().instant();
        if (!doubted && Freshness.counts(asked, now)) {
            return true;
        }
        // Before the look: what comes about during it is looked at again.
        doubted = false;
        boolean same;
        try {
            same = engine.stores().accounts().login(user).equals(Optional.of(known));
        } catch (StoreException e) {
            doubted = true;
            throw e;
        }
        if (!same) {
            doubted = true;
        }
        asked = now;
        return same;
    }
}
