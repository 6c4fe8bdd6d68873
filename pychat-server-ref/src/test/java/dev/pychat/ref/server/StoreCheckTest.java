package dev.pychat.ref.server;

import dev.pychat.testkit.store.CheckContract;
import org.junit.jupiter.api.Nested;

/** The kinds of stores that the server finds count and check what they hold. */
class StoreCheckTest {

    @Nested
    class OnXodus extends CheckContract {
        OnXodus() throws StartException {
            super(DataStores.kind("xodus"));
        }
    }

    @Nested
    class OnSqlite extends CheckContract {
        OnSqlite() throws StartException {
            super(DataStores.kind("sqlite"));
        }
    }
}
