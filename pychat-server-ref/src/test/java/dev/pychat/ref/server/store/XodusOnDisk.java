package dev.pychat.ref.server.store;

import dev.pychat.store.ServerStores;
import dev.pychat.testkit.store.StoresOnDisk;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Opens the stores on Xodus for the contracts. */
public final class XodusOnDisk implements StoresOnDisk {

    @Override
    public ServerStores open(Path directory) throws Exception {
        return XodusServerStores.open(directory, new SecureRandom(), 16 << 20);
    }

    @Override
    public boolean isGuarded(Path file) {
        return file.startsWith(Path.of("store", "log"));
    }
}
