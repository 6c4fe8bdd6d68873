package dev.pychat.store.memory;

import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import java.util.concurrent.locks.ReentrantLock;

/** The one lock around everything that a set of stores keeps, and the word that they are closed. Thread-safe. */
final class Guard {

    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    /** What is done under the lock. */
    interface Work<T> {
        T run() throws StoreException;
    }

    /** What is done under the lock, without an outcome. */
    interface Change {
        void run() throws StoreException;
    }

    <T> T call(Work<T> work) throws StoreException {
        lock.lock();
        try {
            requireOpen();
            return work.run();
        } finally {
            lock.unlock();
        }
    }

    void change(Change change) throws StoreException {
        lock.lock();
        try {
            requireOpen();
            change.run();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() throws StoreRefusedException {
        if (closed) {
            throw new StoreRefusedException("the store is closed");
        }
    }
}
