package dev.pychat.client;

import dev.pychat.key.KeyId;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one-time keys of others that this process was given last, so that none serves two epochs though the server gives it twice.
 * Thread-safe.
 */
final class SpentKeys {

    private static final int MOST = 10_000;

    private final Set<KeyId> spent = new LinkedHashSet<>();
    private final ReentrantLock lock = new ReentrantLock();

    /** Whether the key was not given before, as far as is remembered. From now on it was. */
    boolean isFirstUse(KeyId id) {
        lock.lock();
        try {
            if (spent.size() == MOST) {
                spent.remove(spent.iterator().next());
            }
            return spent.add(id);
        } finally {
            lock.unlock();
        }
    }
}
