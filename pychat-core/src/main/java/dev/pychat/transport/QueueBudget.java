package dev.pychat.transport;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that may wait in the send queues of many connections together: each one's own bound is of no use where there are
 * thousands of them, and the other end decides whether it reads. A little is free to each, so those that read are not the ones
 * that meet its end. Thread-safe.
 */
final class QueueBudget {

    /** Of all connections of this process: a quarter of the heap. */
    static final QueueBudget OF_THE_PROCESS =
            new QueueBudget(Runtime.getRuntime().maxMemory() / 4);

    /** What each queue may hold whatever the others do: more than one batch of what leaves together. */
    static final int FREE = 128 * 1024;

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    QueueBudget(long most) {
        this.most = most;
    }

    /** Takes so many bytes for a queue that has some already; false, and nothing is taken, if there are not enough. */
    boolean take(int bytes, long queued) {
        long now = taken.addAndGet(bytes);
        if (now > most && queued + bytes > FREE) {
            taken.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    /** How many bytes wait now. */
    long taken() {
        return taken.get();
    }
}
