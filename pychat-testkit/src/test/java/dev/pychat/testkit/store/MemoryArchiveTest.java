package dev.pychat.testkit.store;

class MemoryArchiveTest extends ArchiveContract {

    MemoryArchiveTest() {
        super(new InMemoryDevice());
    }
}
