package dev.pychat.store.sqlite;

import dev.pychat.store.ServerStores;
import dev.pychat.testkit.store.AllServerStoresContract;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/** The stores on SQLite keep the contract. */
class SqliteServerStoresTest extends AllServerStoresContract {

    private static final AtomicInteger COUNT = new AtomicInteger();

    @TempDir
    static Path directories;

    @Override
    protected ServerStores fresh() throws Exception {
        return SqliteServerStores.open(directories.resolve("data" + COUNT.incrementAndGet()), new SecureRandom());
    }
}
