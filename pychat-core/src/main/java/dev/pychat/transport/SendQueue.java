package dev.pychat.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Encoded frames that wait for one connection, counted in bytes. Whoever finds no writer at work becomes it; what has
 * gathered meanwhile leaves in one write.
 *
 * <p>Thread-safe.
 */
final class SendQueue {

    /** What became of an offered frame. */
    enum Offer {
        /** Queued; a writer is at work, or the queue is corked. */
        QUEUED,
        /** Queued, and the caller must see to it that {@link #drain} runs. */
        START_WRITER,
        /** Not queued: no room. */
        OVERFLOW,
        /** Not queued: closed. */
        CLOSED
    }

    private static final int BATCH = 64 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private final int limit;
    private final QueueBudget budget;
    private long bytes;
    private long written;
    private boolean writing;
    private boolean closed;
    private boolean dropped;

    SendQueue(int limit, QueueBudget budget) {
        this.limit = limit;
        this.budget = budget;
    }

    /** Offers a frame. While {@code corked}, no writer is started for it: {@link #uncork} follows. */
    Offer offer(byte[] frame, boolean corked) {
        lock.lock();
        try {
            if (closed) {
                return Offer.CLOSED;
            }
            if (bytes > 0 && bytes + frame.length > limit || !budget.take(frame.length, bytes)) {
                return Offer.OVERFLOW;
            }
            waiting.add(frame);
            bytes += frame.length;
            return corked ? Offer.QUEUED : startWriter();
        } finally {
            lock.unlock();
        }
    }

    /** After corked offers: whether the caller must run {@link #drain}. */
    boolean uncork() {
        lock.lock();
        try {
            return !waiting.isEmpty() && startWriter() == Offer.START_WRITER;
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing further. True if the caller must run {@link #drain}, which then comes to the queue's end. */
    boolean close() {
        lock.lock();
        try {
            boolean first = !closed;
            closed = true;
            return first && startWriter() == Offer.START_WRITER;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what waits, of which nothing will leave any more, and takes nothing further. */
    void drop() {
        lock.lock();
        try {
            closed = true;
            if (!dropped) {
                dropped = true;
                waiting.clear();
                budget.giveBack(bytes);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes all there is. True if the queue is closed and empty: nothing more will be written. */
    boolean drain(OutputStream out) throws IOException {
        while (true) {
            byte[] batch = take();
            if (batch.length == 0) {
                lock.lock();
                try {
                    if (waiting.isEmpty()) {
                        writing = closed; // the last writer stays the last
                        return closed;
                    }
                } finally {
                    lock.unlock();
                }
            } else {
                out.write(batch);
                out.flush();
                wrote(batch.length);
            }
        }
    }

    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes were ever written: whether a writer makes progress. */
    long written() {
        lock.lock();
        try {
            return written;
        } finally {
            lock.unlock();
        }
    }

    private Offer startWriter() {
        if (writing) {
            return Offer.QUEUED;
        }
        writing = true;
        return Offer.START_WRITER;
    }

    private byte[] take() {
        lock.lock();
        try {
            byte[] first = waiting.poll();
            if (first == null) {
                return new byte[0];
            }
            byte[] second = waiting.peek();
            return second == null || first.length + second.length > BATCH ? first : join(first);
        } finally {
            lock.unlock();
        }
    }

    private byte[] join(byte[] first) {
        int size = first.length;
        int count = 0;
        for (byte[] frame : waiting) {
            if (size + frame.length > BATCH) {
                break;
            }
            size += frame.length;
            count++;
        }
        byte[] joined = new byte[size];
        System.arraycopy(first, 0, joined, 0, first.length);
        for (int at = first.length; count > 0; count--) {
            byte[] frame = waiting.remove();
            System.arraycopy(frame, 0, joined, at, frame.length);
            at += frame.length;
        }
        return joined;
    }

    private void wrote(int count) {
        lock.lock();
        try {
            bytes -= count;
            written += count;
            if (!dropped) {
                budget.giveBack(count);
            }
        } finally {
            lock.unlock();
        }
    }
}
