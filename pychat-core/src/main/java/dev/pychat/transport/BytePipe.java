package dev.pychat.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One direction of a connection in memory: a ring of bytes; a full one blocks the writer, as a socket does. Thread-safe. */
final class BytePipe {

    private static final int CAPACITY = 64 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final byte[] ring = new byte[CAPACITY];
    private final InputStream in = new Reader();
    private final OutputStream out = new Writer();
    private int start;
    private int filled;
    private boolean finished;
    private boolean broken;

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    /** No further bytes will be written; the reader finds the end of the stream behind those that are there. */
    void finish() {
        lock.lock();
        try {
            finished = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Both sides fail from now on. */
    void abort() {
        lock.lock();
        try {
            broken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private int take(byte[] target, int from, int length) throws IOException {
        lock.lock();
        try {
            while (filled == 0 && !finished && !broken) {
                changed.awaitUninterruptibly();
            }
            if (broken) {
                throw new IOException("the connection was closed");
            }
            if (filled == 0) {
                return -1;
            }
            int count = Math.min(Math.min(length, filled), CAPACITY - start);
            System.arraycopy(ring, start, target, from, count);
            start = (start + count) % CAPACITY;
            filled -= count;
            changed.signalAll();
            return count;
        } finally {
            lock.unlock();
        }
    }

    private int put(byte[] source, int from, int length) throws IOException {
        lock.lock();
        try {
            while (filled == CAPACITY && !finished && !broken) {
                changed.awaitUninterruptibly();
            }
            if (broken || finished) {
                throw new IOException("the connection was closed");
            }
            int end = (start + filled) % CAPACITY;
            int count = Math.min(Math.min(length, CAPACITY - filled), CAPACITY - end);
            System.arraycopy(source, from, ring, end, count);
            filled += count;
            changed.signalAll();
            return count;
        } finally {
            lock.unlock();
        }
    }

    private final class Reader extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            return length == 0 ? 0 : take(target, from, length);
        }
    }

    private final class Writer extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int from, int length) throws IOException {
            for (int done = 0; done < length; ) {
                done += put(source, from + done, length - done);
            }
        }
    }
}
