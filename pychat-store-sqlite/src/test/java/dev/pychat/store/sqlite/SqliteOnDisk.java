package dev.pychat.store.sqlite;

import dev.pychat.store.ServerStores;
import dev.pychat.testkit.store.StoresOnDisk;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Opens the stores on SQLite for the contracts. */
public final class SqliteOnDisk implements StoresOnDisk {

    @Override
    public ServerStores open(Path directory) throws Exception {
        return SqliteServerStores.open(directory, new SecureRandom());
    }

    /** The database and its log; what SQLite makes of it for processes that share it is made anew where it is missing. */
    @Override
    public boolean isGuarded(Path file) {
        return file.startsWith(Path.of("store", "db")) && !file.toString().endsWith("-shm");
    }
}
