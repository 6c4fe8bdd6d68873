package dev.pychat.testkit.store;

class MemoryPinStoreTest extends PinStoreContract {

    MemoryPinStoreTest() {
        super(new InMemoryDevice());
    }
}
