package dev.pychat.testkit.store;

class MemoryForgettingTest extends ForgettingContract {
    MemoryForgettingTest() {
        super(new InMemoryDevice());
    }
}
