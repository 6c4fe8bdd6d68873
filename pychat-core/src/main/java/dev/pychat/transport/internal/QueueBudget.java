package dev.pychat.transport.internal;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes that may wait in the send queues of many connections together: each one's own bound is of no use where there are
 * thousands of them, and the other end decides whether it reads. A little is free to each, so those that read are not the ones
 * that meet its end. Thread-safe.
 */
public final class QueueBudget {

    /** Of all connections of this process: a quarter of the heap. */
    public static final QueueBudget OF_THE_PROCESS =
            new QueueBudget(Runtime.getRuntime().maxMemory() / 4);

    /** What each queue may hold whatever the others do: more than one batch of what leaves together. */
    public static final int FREE = 128 * 1024;

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    /**
     * A budget of which nothing is taken yet.
     *
     * @param most the bytes
     */
    public QueueBudget(long most) {
        this.most = most;
    }

    /**
     * Takes bytes for a queue.
     *
     * @param bytes how many
     * @param queued how many it has already
     * @return false, and nothing is taken, if there are not enough
     */
    public boolean take(int bytes, long queued) {
        long now = taken.addAndGet(bytes);
        if (now > most && queued + bytes > FREE) {
            taken.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /**
     * Gives back what left or was dropped.
     *
     * @param bytes how many
     */
    public void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    /**
     * How many bytes wait now.
     *
     * @return the bytes that are taken
     */
    public long taken() {
        return taken.get();
    }
}
