package dev.pychat.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class HeldLocksTest {

    private final HeldLocks locks = new HeldLocks();

    @Test
    void whatIsHeldIsFoundAndWhatIsNoLongerIsNot() {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        lock.unlock();
        locks.look("one");
        assertThatCode(locks::requireNone).doesNotThrowAnyException();
        lock.lock();
        locks.look("one");
        assertThatThrownBy(locks::requireNone)
                .hasMessageContaining("ReentrantLock")
                .hasMessageContaining("calls one");
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
        ReentrantLock lock = new ReentrantLock();
        lookAtTwo(lock);
        assertThatCode(locks::requireNone).doesNotThrowAnyException();
        Thread other = new Thread(() -> lookAtTwo(lock));
        other.start();
        other.join();
        assertThatThrownBy(locks::requireNone).hasMessageContaining("ReentrantLock");
    }

    private void lookAtTwo(ReentrantLock lock) {
        lock.lock();
        locks.look("one");
        locks.look("two");
        lock.unlock();
    }

    @Test
    void nothingSeenProvesNothing() {
        assertThatThrownBy(locks::requireNone).hasMessageContaining("looks");
    }
}
