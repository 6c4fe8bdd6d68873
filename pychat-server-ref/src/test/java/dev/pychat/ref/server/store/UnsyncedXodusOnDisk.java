package dev.pychat.ref.server.store;

import dev.pychat.store.ServerStores;
import dev.pychat.store.directory.Durability;
import dev.pychat.testkit.store.StoresOnDisk;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Opens the stores on Xodus as a server does that leaves the syncs to the system. */
public final class UnsyncedXodusOnDisk implements StoresOnDisk {

    @Override
    public ServerStores open(Path directory) throws Exception {
        return XodusServerStores.directory(16 << 20, Durability.OS).open(directory, new SecureRandom());
    }

    @Override
    public boolean isGuarded(Path file) {
        return new XodusOnDisk().isGuarded(file);
    }
}
