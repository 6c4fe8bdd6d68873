package dev.pychat.ref.server.store;

import dev.pychat.store.directory.DataDirectoryException;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.store.directory.Durability;
import dev.pychat.store.directory.NewStores;
import dev.pychat.store.directory.RenewedStores;
import dev.pychat.store.directory.StoreKind;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The stores on Xodus, as they are found by name.
 *
 * <p>Stateless and thread-safe.
 */
public final class XodusStoreKind implements StoreKind {

    /** For the one who looks for kinds. */
    public XodusStoreKind() {}

    @Override
    public String name() {
        return "xodus";
    }

    @Override
    public boolean isIn(Path directory) {
        return XodusServerStores.directory(XodusServerStores.defaultCache(), Durability.DISK)
                .isIn(directory);
    }

    @Override
    public DirectoryServerStores open(Path directory, SecureRandom random, Durability durability)
            throws DataDirectoryException {
        return XodusServerStores.directory(XodusServerStores.defaultCache(), durability)
                .open(directory, random);
    }

    @Override
    public NewStores begin(Path directory) throws DataDirectoryException {
        return XodusServerStores.directory(XodusServerStores.defaultCache(), Durability.DISK)
                .begin(directory);
    }

    @Override
    public RenewedStores renew(Path directory) throws DataDirectoryException {
        return XodusServerStores.directory(XodusServerStores.defaultCache(), Durability.DISK)
                .renew(directory);
    }
}
