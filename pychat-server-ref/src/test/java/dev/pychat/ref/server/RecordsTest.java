package dev.pychat.ref.server;

import dev.pychat.testkit.store.RecordsContract;
import org.junit.jupiter.api.Nested;

/** The kinds of stores that the server finds hand their records to each other. */
class RecordsTest {

    @Nested
    class ToSqlite extends RecordsContract {
        ToSqlite() throws StartException {
            super(DataStores.kind("xodus"), DataStores.kind("sqlite"));
        }
    }

    @Nested
    class ToXodus extends RecordsContract {
        ToXodus() throws StartException {
            super(DataStores.kind("sqlite"), DataStores.kind("xodus"));
        }
    }
}
