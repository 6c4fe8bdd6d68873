package dev.pychat.store.sqlite;

import dev.pychat.store.ServerStores;
import dev.pychat.testkit.store.ConcurrentAppendContract;
import dev.pychat.testkit.store.DamageContract;
import dev.pychat.testkit.store.DurableStoresContract;
import dev.pychat.testkit.store.KillContract;
import dev.pychat.testkit.store.PowerLossContract;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** What is hardest for the guard, a log that goes into the database, happens all the time here. */
class ShortLogTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    @TempDir
    static Path directories;

    @Nested
    class Durable extends DurableStoresContract {
        Durable() {
            super(new ShortLogOnDisk());
        }
    }

    @Nested
    class Kill extends KillContract {
        Kill() {
            super(ShortLogOnDisk.class);
        }
    }

    @Nested
    class PowerLoss extends PowerLossContract {
        PowerLoss() {
            super(ShortLogOnDisk.class);
        }
    }

    @Nested
    class Damaged extends DamageContract {
        Damaged() {
            super(new ShortLogOnDisk());
        }
    }

    @Nested
    class ConcurrentAppend extends ConcurrentAppendContract {
        @Override
        protected ServerStores open() throws Exception {
            return new ShortLogOnDisk().open(directories.resolve("data" + COUNT.incrementAndGet()));
        }
    }
}
