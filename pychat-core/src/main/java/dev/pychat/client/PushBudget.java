package dev.pychat.client;

import dev.pychat.wire.Message;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of what the server pushed may wait to be taken, over all conversations of a client. A server that keeps to its credit
 * stays below it; what another one pushes is left out, and read when its turn comes. Thread-safe.
 */
final class PushBudget {

    static final long MOST_BYTES = 32L << 20;

    private static final long EACH = 512;

    private final AtomicLong waiting = new AtomicLong();

    /** Takes room for a push; false if there is none. */
    boolean take(Message push) {
        long size = size(push);
        if (waiting.addAndGet(size) <= MOST_BYTES) {
            return true;
        }
        waiting.addAndGet(-size);
        return false;
    }

    /** It does not wait any more. */
    void give(Message push) {
        waiting.addAndGet(-size(push));
    }

    /** Roughly what it takes in memory. */
    private static long size(Message push) {
        long size = EACH;
        for (Message.Item item : push.items()) {
            size += EACH + item.envelope().value().size();
        }
        size += push.headers().stream()
                .mapToLong(header -> EACH + header.header().size())
                .sum();
        return size;
    }
}
