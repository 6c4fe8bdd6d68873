package dev.pychat.testkit.store;

class MemoryOutboxStoreTest extends OutboxStoreContract {

    MemoryOutboxStoreTest() {
        super(new InMemoryDevice());
    }
}
