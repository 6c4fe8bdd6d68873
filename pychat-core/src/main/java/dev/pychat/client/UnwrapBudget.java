package dev.pychat.client;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many epochs one peer may have this device open: {@value #AT_ONCE} at once, and then {@value #EACH_SECOND} each second,
 * which takes a quarter of one processor. Confined to the chat's queue.
 */
final class UnwrapBudget {

    static final int AT_ONCE = 512;
    static final int EACH_SECOND = 64;

    private static final long EVERY = Duration.ofSeconds(1).toNanos() / EACH_SECOND;

    private final LongSupplier nanos;
    private long paidUntil;

    UnwrapBudget(LongSupplier nanos) {
        this.nanos = nanos;
        this.paidUntil = nanos.getAsLong() - AT_ONCE * EVERY;
    }

    /** Takes so many, and says how long to wait before they are opened. */
    Duration take(int count) {
        long now = nanos.getAsLong();
        long earliest = now - AT_ONCE * EVERY;
        paidUntil = (paidUntil - earliest < 0 ? earliest : paidUntil) + count * EVERY;
        return Duration.ofNanos(Math.max(0, paidUntil - now));
    }
}
