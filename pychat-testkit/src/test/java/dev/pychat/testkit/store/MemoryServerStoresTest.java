package dev.pychat.testkit.store;

import dev.pychat.store.ServerStores;
import dev.pychat.store.memory.MemoryServerStores;
import java.security.SecureRandom;

/** The server's stores in memory keep the contract. */
class MemoryServerStoresTest extends AllServerStoresContract {

    @Override
    protected ServerStores fresh() {
        return MemoryServerStores.create(new SecureRandom());
    }
}
