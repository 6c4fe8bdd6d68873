package dev.pychat.testkit.store;

class MemoryKeyringStoreTest extends KeyringStoreContract {

    MemoryKeyringStoreTest() {
        super(new InMemoryDevice());
    }
}
