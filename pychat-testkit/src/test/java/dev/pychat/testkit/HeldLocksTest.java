package dev.pychat.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class HeldLocksTest {

    private final HeldLocks locks = new HeldLocks();
    private final ReentrantLock lock = new ReentrantLock();

    @Test
    void whatIsHeldIsFoundAndWhatIsNoLongerIsNot() {
        looking();
        locks.look("one");
        assertThatThrownBy(locks::requireNone)
                .hasMessageContaining("ReentrantLock")
                .hasMessageContaining("calls two");
        HeldLocks others = new HeldLocks();
        others.look("one");
        assertThatCode(others::requireNone).doesNotThrowAnyException();
    }

    @Test
    void monitorIsFound() {
        synchronized (this) {
            locks.look("one");
        }
        assertThatThrownBy(locks::requireNone).hasMessageContaining("HeldLocksTest");
    }

    @Test
    void lockThatAThreadHoldsAtAllTimesIsItsOwnUnlessAnotherHasItToo() throws Exception {
        looking();
        assertThatCode(locks::requireNone).doesNotThrowAnyException();
        Thread other = new Thread(this::looking);
        other.start();
        other.join();
        assertThatThrownBy(locks::requireNone).hasMessageContaining("ReentrantLock");
    }

    private void looking() {
        lock.lock();
        try {
            locks.look("two");
            locks.look("three");
        } finally {
            lock.unlock();
        }
    }

    @Test
    void nothingSeenProvesNothing() {
        assertThatThrownBy(locks::requireNone).hasMessageContaining("looks");
    }
}
