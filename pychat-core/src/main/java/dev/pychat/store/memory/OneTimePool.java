package dev.pychat.store.memory;

import dev.pychat.model.Bytes;
import dev.pychat.store.internal.KeyRules;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The one-time keys of one device. Confined to the guard. */
final class OneTimePool {

    private final Deque<Bytes> keys = new ArrayDeque<>();
    private long highest;

    boolean add(long firstNumber, List<Bytes> added, int most) {
        if (keys.size() + KeyRules.fresh(firstNumber, added.size(), highest) > most) {
            return false;
        }
        for (int i = 0; i < added.size(); i++) {
            long number = Math.addExact(firstNumber, i);
            if (number > highest) {
                keys.add(added.get(i));
                highest = number;
            }
        }
        return true;
    }

    Optional<Bytes> take() {
        return Optional.ofNullable(keys.poll());
    }

    int size() {
        return keys.size();
    }
}
