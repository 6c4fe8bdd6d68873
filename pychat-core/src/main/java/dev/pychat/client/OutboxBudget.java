package dev.pychat.client;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How much of all conversations together waits to be accepted. Thread-safe. */
final class OutboxBudget {

    static final int MAX_MESSAGES = 10_000;
    static final long MAX_BYTES = 64L << 20;

    /** What a message costs beside its body. */
    private static final int OVERHEAD = 512;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition emptied = lock.newCondition();
    private int messages;
    private long bytes;
    private int expected;
    private boolean closed;

    void take(int body) throws OutboxFullException {
        lock.lock();
        try {
            if (messages >= MAX_MESSAGES || bytes + body + OVERHEAD > MAX_BYTES) {
                throw new OutboxFullException("the outbox holds " + messages + " messages of " + bytes
                        + " bytes, allowed are " + MAX_MESSAGES + " and " + MAX_BYTES);
            }
            add(body);
        } finally {
            lock.unlock();
        }
    }

    /** So many messages are in the store already, and are read later. Until each is {@link #restore restored}, it waits too. */
    void expect(int stored) {
        lock.lock();
        try {
            expected += stored;
        } finally {
            lock.unlock();
        }
    }

    /** A message that was expected was read. It counts, and is never refused. */
    void restore(int body) {
        lock.lock();
        try {
            expected--;
            add(body);
        } finally {
            lock.unlock();
        }
    }

    private void add(int body) {
        messages++;
        bytes += body + OVERHEAD;
    }

    void give(int body) {
        lock.lock();
        try {
            messages--;
            bytes -= body + OVERHEAD;
            if (isEmpty()) {
                emptied.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isEmpty() {
        return messages == 0 && expected == 0;
    }

    /** Nothing is accepted any more: whoever waits for that has waited enough. */
    void close() {
        lock.lock();
        try {
            closed = true;
            emptied.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is left; false if the time is over before. */
    boolean awaitEmpty(Duration timeout) throws ClosedException, InterruptedException {
        long left = timeout.toNanos();
        lock.lock();
        try {
            while (!isEmpty()) {
                if (closed) {
                    throw new ClosedException("the client was closed before the server had accepted everything;"
                            + " what is left is in the outbox and is sent when a client is started again");
                }
                if (left <= 0) {
                    return false;
                }
                left = emptied.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
