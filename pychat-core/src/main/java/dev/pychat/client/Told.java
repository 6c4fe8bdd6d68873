package dev.pychat.client;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells somebody how something stands, whenever it may have changed: always as it is by then. So of two threads of which one has been
 * overtaken on its way, that one brings no old news. Thread-safe; the reader is told of one state at a time, and only hands on.
 */
final class Told<T> {

    private final Supplier<T> present;
    private final Consumer<T> reader;
    private final ReentrantLock telling = new ReentrantLock();
    private T last;

    /** The reader knows the first state. */
    Told(T first, Supplier<T> present, Consumer<T> reader) {
        this.last = first;
        this.present = present;
        this.reader = reader;
    }

    /** It may have changed. When this returns, the reader has been told what it was when this was called, or what came after it. */
    void tell() {
        if (telling.isHeldByCurrentThread()) {
            // The reader itself has brought it about, and is told when it returns.
            return;
        }
        telling.lock();
        try {
            for (T now = present.get(); !now.equals(last); now = present.get()) {
                last = now;
                reader.accept(now);
            }
        } finally {
            telling.unlock();
        }
    }
}
