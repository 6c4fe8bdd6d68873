package dev.pychat.client;

import dev.pychat.model.Position;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which of the peer's messages lie beyond the read marker: as far as this device holds the conversation it counts itself, else
 * the server's word stands. Thread-safe.
 */
final class Unread {

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Position> beyond = new ArrayDeque<>(0);
    private Position read = Position.NONE;
    private Position held = Position.NONE;
    private Position toldHead = Position.NONE;
    private long told;

    Position read() {
        lock.lock();
        try {
            return read;
        } finally {
            lock.unlock();
        }
    }

    long count() {
        lock.lock();
        try {
            return toldHead.isAfter(held) ? told : beyond.size();
        } finally {
            lock.unlock();
        }
    }

    /** A message was stored on this device. */
    void held(Position position, boolean counts) {
        lock.lock();
        try {
            held = position;
            if (counts && position.isAfter(read)) {
                beyond.add(position);
            }
        } finally {
            lock.unlock();
        }
    }

    /** What the store of this device says: the unread positions in their order, and how far it holds the conversation. */
    void counted(List<Position> positions, Position upTo) {
        lock.lock();
        try {
            beyond.clear();
            beyond.addAll(positions);
            held = upTo;
            dropRead();
        } finally {
            lock.unlock();
        }
    }

    /** The server has told of the conversation. */
    void told(MailboxEntry entry) {
        lock.lock();
        try {
            told = entry.unread();
            toldHead = entry.head();
            moveTo(entry.read());
        } finally {
            lock.unlock();
        }
    }

    /** Moves the marker forward; false if it is there already. */
    boolean read(Position upTo) {
        lock.lock();
        try {
            boolean moves = upTo.isAfter(read);
            moveTo(upTo);
            return moves;
        } finally {
            lock.unlock();
        }
    }

    private void moveTo(Position upTo) {
        if (!upTo.isAfter(read)) {
            return;
        }
        read = upTo;
        dropRead();
    }

    private void dropRead() {
        while (!beyond.isEmpty() && !beyond.element().isAfter(read)) {
            beyond.remove();
        }
    }
}
