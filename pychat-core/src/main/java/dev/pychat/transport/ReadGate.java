package dev.pychat.transport;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Holds a connection's reading thread back while reading is paused. Thread-safe. */
final class ReadGate {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean paused;
    private boolean open = true;

    void pause() {
        set(true);
    }

    void resume() {
        set(false);
    }

    /** Lets everybody through for ever. */
    void release() {
        lock.lock();
        try {
            open = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a call of {@link #await} would wait now. */
    boolean isClosed() {
        lock.lock();
        try {
            return paused && open;
        } finally {
            lock.unlock();
        }
    }

    /** Waits while reading is paused. */
    void await() {
        lock.lock();
        try {
            while (paused && open) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void set(boolean value) {
        lock.lock();
        try {
            paused = value;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
