package dev.pychat.testkit.client;

import dev.pychat.model.Bytes;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.memory.MemoryClientStores;

/** Devices that hold part of what another one holds. */
final class Devices {

    private Devices() {}

    /** A device with somebody's keys, and nothing of the conversations. */
    static MemoryClientStores withKeysOnly(Person person) throws Exception {
        LocalAccount account = new LocalAccount(person.client().realm(), person.user());
        Bytes keyring = person.stores().keyrings().load(account).orElseThrow().value();
        MemoryClientStores stores = new MemoryClientStores();
        stores.keyrings().save(account, 0, keyring);
        return stores;
    }
}
