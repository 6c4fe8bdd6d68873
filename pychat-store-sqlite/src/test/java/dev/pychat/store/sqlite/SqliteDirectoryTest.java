package dev.pychat.store.sqlite;

import dev.pychat.testkit.store.DataDirectoryContract;

/** What happens before the stores of a data directory on SQLite are open, or instead. */
class SqliteDirectoryTest extends DataDirectoryContract {

    SqliteDirectoryTest() {
        super(new SqliteStoreKind(), "pychat-sqlite", "store/db/pychat.db");
    }
}
