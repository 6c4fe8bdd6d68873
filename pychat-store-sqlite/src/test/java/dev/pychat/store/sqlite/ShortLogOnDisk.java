package dev.pychat.store.sqlite;

import dev.pychat.store.ServerStores;
import dev.pychat.testkit.store.StoresOnDisk;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Opens the stores so that the log goes into the database behind nearly every change. */
public final class ShortLogOnDisk implements StoresOnDisk {

    @Override
    public ServerStores open(Path directory) throws Exception {
        return SqliteServerStores.directory(40_000).open(directory, new SecureRandom());
    }

    /** The database; the log is empty much of the time, and an empty one can lose nothing. */
    @Override
    public boolean isGuarded(Path file) {
        return file.startsWith(Path.of("store", "db", "pychat.db"));
    }
}
