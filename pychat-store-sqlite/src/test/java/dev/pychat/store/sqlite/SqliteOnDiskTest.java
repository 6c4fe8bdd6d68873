package dev.pychat.store.sqlite;

import dev.pychat.testkit.store.DamageContract;
import dev.pychat.testkit.store.DurableStoresContract;
import dev.pychat.testkit.store.KillContract;
import dev.pychat.testkit.store.PowerLossContract;
import org.junit.jupiter.api.Nested;

/** The stores on SQLite outlive their process, a kill and, if nothing else, notice damage. */
class SqliteOnDiskTest {

    @Nested
    class Durable extends DurableStoresContract {
        Durable() {
            super(new SqliteOnDisk());
        }
    }

    @Nested
    class Kill extends KillContract {
        Kill() {
            super(SqliteOnDisk.class);
        }
    }

    @Nested
    class PowerLoss extends PowerLossContract {
        PowerLoss() {
            super(SqliteOnDisk.class);
        }
    }

    @Nested
    class Damaged extends DamageContract {
        Damaged() {
            super(new SqliteOnDisk());
        }
    }
}
