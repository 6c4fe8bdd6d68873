package dev.pychat.transport;

import dev.pychat.transport.internal.SharedPools;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The connections of one listener, counted for each address too; until all are closed, idle threads wait for their work. Thread-safe. */
final class OpenConnections {

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Runnable> closers = new HashSet<>();
    private final Map<String, Integer> perAddress = new HashMap<>();
    private final TransportOptions options;
    private int count;
    private boolean closed;

    OpenConnections(TransportOptions options) {
        this.options = options;
        SharedPools.enter();
    }

    /** Takes a place for a connection; false if there is none. */
    boolean enter(String address) {
        lock.lock();
        try {
            String group = AddressGroup.of(address);
            int same = perAddress.getOrDefault(group, 0);
            if (closed || count >= options.maxConnections() || same >= options.maxPerAddress()) {
                return false;
            }
            perAddress.put(group, same + 1);
            count++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the place back. */
    void leave(String address) {
        lock.lock();
        try {
            perAddress.computeIfPresent(AddressGroup.of(address), (key, same) -> same == 1 ? null : same - 1);
            count--;
        } finally {
            lock.unlock();
        }
    }

    /** Remembers how to close one; if all are being closed, it is at once. */
    void add(Runnable closer) {
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

    void remove(Runnable closer) {
        lock.lock();
        try {
            closers.remove(closer);
        } finally {
            lock.unlock();
        }
    }

    void closeAll() {
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

    int count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }
}
