package dev.pychat.transport.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The connections of one listener, counted for each address too. Until all are closed, idle threads wait for the next piece of work.
 * Thread-safe.
 */
public final class OpenConnections {

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Runnable> closers = new HashSet<>();
    private final Map<String, Integer> perGroup = new HashMap<>();
    private final int most;
    private final int mostPerGroup;
    private int count;
    private boolean closed;

    /**
     * No connections.
     *
     * @param most how many there may be at a time
     * @param mostPerGroup how many of one group of addresses
     */
    public OpenConnections(int most, int mostPerGroup) {
        this.most = most;
        this.mostPerGroup = mostPerGroup;
        SharedPools.enter();
    }

    /**
     * Takes a place for a connection.
     *
     * @param group whom its address stands for
     * @return false if there is none
     */
    public boolean enter(String group) {
        lock.lock();
        try {
            int same = perGroup.getOrDefault(group, 0);
            if (closed || count >= most || same >= mostPerGroup) {
                return false;
            }
            perGroup.put(group, same + 1);
            count++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives the place back.
     *
     * @param group whom its address stands for
     */
    public void leave(String group) {
        lock.lock();
        try {
            perGroup.computeIfPresent(group, (key, same) -> same == 1 ? null : same - 1);
            count--;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Remembers how to close one; if all are being closed, it is at once.
     *
     * @param closer closes it, and never blocks
     */
    public void add(Runnable closer) {
        boolean late;
        lock.lock();
        try {
            late = closed;
            closers.add(closer);
        } finally {
            lock.unlock();
        }
        if (late) {
            closer.run();
        }
    }

    /**
     * Forgets how to close one.
     *
     * @param closer what was given to {@link #add}
     */
    public void remove(Runnable closer) {
        lock.lock();
        try {
            closers.remove(closer);
        } finally {
            lock.unlock();
        }
    }

    /** Closes all, and takes none any more. */
    public void closeAll() {
        Set<Runnable> all;
        boolean first;
        lock.lock();
        try {
            first = !closed;
            closed = true;
            all = Set.copyOf(closers);
        } finally {
            lock.unlock();
        }
        if (first) {
            SharedPools.leave();
        }
        all.forEach(Runnable::run);
    }

    /**
     * How many there are.
     *
     * @return the number now
     */
    public int count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }
}
