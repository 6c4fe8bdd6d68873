package dev.pychat.testkit.store;

import dev.pychat.model.Bytes;
import dev.pychat.store.ClientStores;
import dev.pychat.store.memory.MemoryClientStores;

/** A device in memory stays what it is; a crash leaves a copy of it. */
final class InMemoryDevice implements ClientStoresUnderTest {

    @Override
    public ClientStores open() {
        return new MemoryClientStores();
    }

    @Override
    public ClientStores reopen(ClientStores stores) throws Exception {
        stores.close();
        return stores;
    }

    @Override
    public ClientStores crash(ClientStores stores) {
        return ((MemoryClientStores) stores).copy();
    }

    @Override
    public boolean holds(ClientStores stores, Bytes content) {
        return false;
    }
}
