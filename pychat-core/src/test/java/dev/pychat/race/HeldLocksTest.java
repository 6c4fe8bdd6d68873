package dev.pychat.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class HeldLocksTest {

    @Test
    void eachKindOfLockIsSeenWhileItIsHeld() {
        assertThat(HeldLocks.ofThisThread()).isEmpty();
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        try {
            assertThat(HeldLocks.ofThisThread()).singleElement().asString().contains("ReentrantLock");
        } finally {
            lock.unlock();
        }
        Object monitor = new Object();
        synchronized (monitor) {
            assertThat(HeldLocks.ofThisThread()).singleElement().asString().contains("java.lang.Object");
        }
        assertThat(HeldLocks.ofThisThread()).isEmpty();
    }
}
