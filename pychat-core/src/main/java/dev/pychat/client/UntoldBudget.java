package dev.pychat.client;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of opened messages may wait for listeners, over all conversations of a client. Of what has no room only the place is
 * kept. Thread-safe.
 */
final class UntoldBudget {

    static final long MOST_BYTES = 8L << 20;

    private static final long EACH = 512;

    private final long most;
    private final AtomicLong waiting = new AtomicLong();

    UntoldBudget(long most) {
        this.most = most;
    }

    /** Takes room; false if there is none. */
    boolean take(long size) {
        if (waiting.addAndGet(size) <= most) {
            return true;
        }
        waiting.addAndGet(-size);
        return false;
    }

    /** They do not wait any more. */
    void give(long size) {
        waiting.addAndGet(-size);
    }

    /** Roughly what messages take in memory. */
    static long size(List<ChatMessage> messages) {
        long size = 0;
        for (ChatMessage message : messages) {
            size += EACH + EACH * message.findings().size();
            size += message.content().map(content -> content.body().size()).orElse(0);
        }
        return size;
    }
}
