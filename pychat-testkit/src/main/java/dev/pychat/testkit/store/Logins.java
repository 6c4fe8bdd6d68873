package dev.pychat.testkit.store;

import dev.pychat.model.Username;
import dev.pychat.store.LoginRecord;
import dev.pychat.store.NewAccount;
import java.time.Instant;

/** Draws accounts. */
final class Logins {

    private Logins() {}

    static LoginRecord draw(Draw draw) {
        return new LoginRecord(
                draw.bytes(32),
                64 + draw.below(1000),
                1 + draw.below(9),
                1 + draw.below(4),
                "$2a$04$" + draw.bytes(20).hex());
    }

    static NewAccount account(Draw draw, Username name) {
        return new NewAccount(name, draw.bytes(16), draw(draw), Instant.parse("2026-11-22T14:00:00Z"));
    }
}
