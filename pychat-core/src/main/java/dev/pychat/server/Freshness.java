package dev.pychat.server;

import java.time.Duration;
import java.time.Instant;

/**
 * How long an answer of the stores counts on a connection: whether a session's account is there, and whether somebody takes messages
 * from it. Somewhere in between it is old: then it still lets a message through, and is asked for again behind it, so that whoever writes
 * every few seconds does not wait for it.
 */
final class Freshness {

    private static final Duration COUNTS = Duration.ofSeconds(5);
    private static final Duration OLD = Duration.ofSeconds(2);

    private Freshness() {}

    /** Whether an answer to what was asked then still counts; not if clocks were set back meanwhile. */
    static boolean counts(Instant asked, Instant now) {
        return now.isBefore(asked.plus(COUNTS)) && !now.isBefore(asked);
    }

    /** Whether such an answer still counts, but should be asked for again. */
    static boolean isOld(Instant asked, Instant now) {
        return !now.isBefore(asked.plus(OLD)) && counts(asked, now);
    }
}
