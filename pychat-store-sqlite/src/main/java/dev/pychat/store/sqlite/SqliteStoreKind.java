package dev.pychat.store.sqlite;

import dev.pychat.store.directory.DataDirectoryException;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.store.directory.Durability;
import dev.pychat.store.directory.NewStores;
import dev.pychat.store.directory.RenewedStores;
import dev.pychat.store.directory.StoreKind;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The stores on SQLite, as they are found by name.
 *
 * <p>Stateless and thread-safe.
 */
public final class SqliteStoreKind implements StoreKind {

    /** For the one who looks for kinds. */
    public SqliteStoreKind() {}

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public boolean isIn(Path directory) {
        return SqliteServerStores.DIRECTORY.isIn(directory);
    }

    @Override
    public DirectoryServerStores open(Path directory, SecureRandom random, Durability durability)
            throws DataDirectoryException {
        return SqliteServerStores.directory(SqliteEngine.LOG_BYTES, durability).open(directory, random);
    }

    @Override
    public NewStores begin(Path directory) throws DataDirectoryException {
        return SqliteServerStores.DIRECTORY.begin(directory);
    }

    @Override
    public RenewedStores renew(Path directory) throws DataDirectoryException {
        return SqliteServerStores.DIRECTORY.renew(directory);
    }
}
