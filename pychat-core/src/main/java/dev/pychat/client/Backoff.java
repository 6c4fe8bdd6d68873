package dev.pychat.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a lost connection is made anew. After the n-th attempt in a row that has failed (0 before the first) it is
 * between the half and the whole of min(first × 2<sup>n</sup>, longest), drawn anew each time, so that not all clients come back at one
 * moment. Stateful; its owner guards it.
 */
final class Backoff {

    /** More doublings than it takes from the shortest wait to the longest. */
    private static final int MOST_DOUBLINGS = 22;

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private int failed;

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /** The next wait, of a millisecond at least. */
    Duration next() {
        long most = Math.min(first.toMillis() << failed, longest.toMillis());
        failed = Math.min(failed + 1, MOST_DOUBLINGS);
        return Duration.ofMillis(Math.max(1, most - (long) (random.nextDouble() * most / 2)));
    }

    /** A connection stands: the next wait is a first one. */
    void reset() {
        failed = 0;
    }
}
