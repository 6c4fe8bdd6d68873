package dev.pychat.testkit.store;

class MemoryTranscriptStoreTest extends TranscriptStoreContract {

    MemoryTranscriptStoreTest() {
        super(new InMemoryDevice());
    }
}
