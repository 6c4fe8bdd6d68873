package dev.pychat.transport.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Encoded frames that wait for one connection, counted in bytes. Whoever finds no writer at work becomes it; what has
 * gathered meanwhile leaves in one write.
 *
 * <p>Thread-safe.
 */
public final class SendQueue {

    /** What became of an offered frame. */
    public enum Offer {
        /** Queued; a writer is at work, or the queue is corked. */
        QUEUED,
        /** Queued, and the caller must write, on whatever thread, until there is nothing more. */
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

    /**
     * An empty queue.
     *
     * @param limit the most bytes in it; a single frame may be longer
     * @param budget what it shares with other queues
     */
    public SendQueue(int limit, QueueBudget budget) {
        this.limit = limit;
        this.budget = budget;
    }

    /**
     * Offers a frame.
     *
     * @param frame its bytes, which are not copied
     * @param corked true if no writer is to be started for it: {@link #uncork} follows
     * @return what became of it
     */
    public Offer offer(byte[] frame, boolean corked) {
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

    /**
     * Lets leave what was offered corked.
     *
     * @return whether the caller must write, as after {@link Offer#START_WRITER}
     */
    public boolean uncork() {
        lock.lock();
        try {
            return !waiting.isEmpty() && startWriter() == Offer.START_WRITER;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes nothing further.
     *
     * @return whether the caller must write, and then comes to the queue's end
     */
    public boolean close() {
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
    public void drop() {
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

    /**
     * Writes all there is.
     *
     * @param out where to
     * @return true if the queue is closed and empty: nothing more will be written
     * @throws IOException if it can't be written
     */
    public boolean drain(OutputStream out) throws IOException {
        ArrayList<byte[]> batch = new ArrayList<>();
        while (true) {
            batch.clear();
            switch (take(batch, BATCH)) {
                case SOME -> {
                    byte[] joined = join(batch);
                    out.write(joined);
                    out.flush();
                    wrote(joined.length);
                }
                case NONE -> {
                    return false;
                }
                case NEVER_MORE -> {
                    return true;
                }
            }
        }
    }

    /** What a writer finds. */
    public enum Found {
        /** Frames to write; {@link #wrote} follows, then the next look. */
        SOME,
        /** Nothing: the writer's work is done, until another is started. */
        NONE,
        /** Nothing, and the queue is closed: the last writer's work is done. */
        NEVER_MORE
    }

    /**
     * Takes what leaves together: the next frame, and those behind it while all are not too long.
     *
     * @param batch takes the frames
     * @param most how many bytes they may have together; a single frame may be longer
     * @return what was found
     */
    public Found take(List<byte[]> batch, int most) {
        lock.lock();
        try {
            if (waiting.isEmpty()) {
                writing = closed; // the last writer stays the last
                return closed ? Found.NEVER_MORE : Found.NONE;
            }
            int size = 0;
            for (byte[] next = waiting.peek(); next != null && (size == 0 || size + next.length <= most); ) {
                batch.add(waiting.remove());
                size += next.length;
                next = waiting.peek();
            }
            return Found.SOME;
        } finally {
            lock.unlock();
        }
    }

    /**
     * How much is queued.
     *
     * @return bytes that were offered and not written yet
     */
    public long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether a writer makes progress.
     *
     * @return how many bytes were ever written
     */
    public long written() {
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

    private static byte[] join(List<byte[]> frames) {
        if (frames.size() == 1) {
            return frames.get(0);
        }
        byte[] joined = new byte[frames.stream().mapToInt(frame -> frame.length).sum()];
        int at = 0;
        for (byte[] frame : frames) {
            System.arraycopy(frame, 0, joined, at, frame.length);
            at += frame.length;
        }
        return joined;
    }

    /**
     * Counts what was written.
     *
     * @param count bytes of what {@link #take} gave
     */
    public void wrote(int count) {
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
