package dev.pychat.ref.server.store.internal;

import dev.pychat.store.directory.Durability;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Moves the mark along with the log. Thread-safe. */
final class Progress implements Closeable {

    /** Each time, one message waits for two syncs more, so it is seldom enough to be none of the slowest in a hundred. */
    private static final long SETTLE_EVERY = TimeUnit.SECONDS.toNanos(5);

    /** Where commits are not synced, this is what makes them durable. */
    private static final long SYNC_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final MarkFile file;
    private final PageSums sums;
    private final long every;
    private Mark mark;
    private long synced;
    private int tail;
    private long settledAt = System.nanoTime();

    Progress(MarkFile file, PageSums sums, Mark mark, Durability durability) {
        this.file = file;
        this.sums = sums;
        this.every = durability == Durability.DISK ? SETTLE_EVERY : SYNC_EVERY;
        this.mark = mark;
        this.synced = mark.synced();
        this.tail = mark.tail();
    }

    Mark mark() {
        lock.lock();
        try {
            return mark;
        } finally {
            lock.unlock();
        }
    }

    long synced() {
        lock.lock();
        try {
            return synced;
        } finally {
            lock.unlock();
        }
    }

    /** The log was made durable up to an address, whose page so far has a checksum. */
    void synced(long end, int tailSum) {
        lock.lock();
        try {
            synced = end;
            tail = tailSum;
        } finally {
            lock.unlock();
        }
    }

    boolean isDue() {
        lock.lock();
        try {
            return System.nanoTime() - settledAt > every;
        } finally {
            lock.unlock();
        }
    }

    void acknowledge(long end) throws IOException {
        lock.lock();
        try {
            long acknowledged = Math.max(Math.min(end, synced), mark.acknowledged());
            if (isDue()) {
                settle(acknowledged);
            } else {
                write(new Mark(mark.settled(), synced, acknowledged, tail));
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * The log is about to be cut off behind an address, up to which its page has a checksum. The mark goes first: what it calls settled has
     * its sums at any moment.
     */
    void cut(long end, int tailSum) throws IOException {
        lock.lock();
        try {
            long page = end / PageSums.PAGE;
            if (synced > end) {
                synced = end;
                tail = tailSum;
            }
            write(new Mark(Math.min(mark.settled(), page * PageSums.PAGE), synced, mark.acknowledged(), tail));
            file.sync();
            sums.forgetFrom(page);
        } finally {
            lock.unlock();
        }
    }

    void settle() throws IOException {
        lock.lock();
        try {
            settle(mark.acknowledged());
        } finally {
            lock.unlock();
        }
    }

    private void settle(long acknowledged) throws IOException {
        sums.sync();
        write(new Mark(synced - synced % PageSums.PAGE, synced, acknowledged, tail));
        file.sync();
        settledAt = System.nanoTime();
    }

    private void write(Mark next) throws IOException {
        file.write(next);
        mark = next;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
