package dev.pychat.server;

import dev.pychat.model.Username;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Slows down who guesses at passphrases. Failures are counted for an account together with an address, and for an address
 * alone; never for an account alone, or anybody could keep its owner out. Who has a resume token is not asked here at all.
 *
 * <p>An attempt counts as failed from its beginning until it is known to have succeeded, so guesses sent at the same time
 * gain nothing. Thread-safe.
 */
final class AttemptLimiter {

    private static final int MOST_TRACKED = 100_000;
    private static final int ADDRESS_FACTOR = 4;
    private static final int MEMORY_FACTOR = 15;

    /** What is known of one account and address, or of one address. */
    private record Track(int failures, Instant notBefore, Instant last) {}

    private record Key(String account, String address) {}

    private final Clock clock;
    private final int free;
    private final Duration longest;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Track> tracks = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Track> eldest) {
            return size() > MOST_TRACKED;
        }
    };

    AttemptLimiter(Clock clock, ServerLimits limits) {
        this.clock = clock;
        this.free = limits.freeAttempts();
        this.longest = limits.longestDelay();
    }

    /** One attempt, of which it is to be said how it went. */
    record Attempt(Username account, String address, boolean ofAStranger) {}

    /**
     * Begins an attempt of a stranger, who might try one account after the other.
     *
     * @throws BusyException if it comes too early; it then does not count
     */
    Attempt begin(Username account, String address) throws BusyException {
        return begin(new Attempt(account, address, true));
    }

    /**
     * Begins an attempt of somebody who has a session of the account, and can try no other. So it does not count for the
     * address, behind which there may be many people.
     *
     * @throws BusyException if it comes too early; it then does not count
     */
    Attempt beginInSession(Username account, String address) throws BusyException {
        return begin(new Attempt(account, address, false));
    }

    private Attempt begin(Attempt attempt) throws BusyException {
        Key both = both(attempt);
        Key any = any(attempt);
        Instant now = clock.instant();
        lock.lock();
        try {
            Instant allowed = track(both, now).notBefore();
            if (attempt.ofAStranger()) {
                allowed = later(allowed, track(any, now).notBefore());
            }
            if (allowed.isAfter(now)) {
                throw new BusyException("too many log-ins have failed", Duration.between(now, allowed));
            }
            count(both, now, free);
            if (attempt.ofAStranger()) {
                count(any, now, free * ADDRESS_FACTOR);
            }
            return attempt;
        } finally {
            lock.unlock();
        }
    }

    private static Key both(Attempt attempt) {
        return new Key(attempt.account().value(), attempt.address());
    }

    private static Key any(Attempt attempt) {
        return new Key("", attempt.address());
    }

    /** The attempt did not come to a check, so it was no guess. */
    void notChecked(Attempt attempt) {
        lock.lock();
        try {
            takeBack(both(attempt));
            if (attempt.ofAStranger()) {
                takeBack(any(attempt));
            }
        } finally {
            lock.unlock();
        }
    }

    private void takeBack(Key key) {
        tracks.computeIfPresent(
                key, (same, track) -> new Track(Math.max(0, track.failures() - 1), Instant.MIN, track.last()));
    }

    /** The attempt was no guess. */
    void succeeded(Attempt attempt) {
        Key any = any(attempt);
        lock.lock();
        try {
            tracks.remove(both(attempt));
            Track before = attempt.ofAStranger() ? tracks.remove(any) : null;
            if (before != null && before.failures() > 1) {
                tracks.put(any, new Track(before.failures() - 1, Instant.MIN, before.last()));
            }
        } finally {
            lock.unlock();
        }
    }

    private Track track(Key key, Instant now) {
        Track known = tracks.get(key);
        if (known == null
                || known.last().plus(longest.multipliedBy(MEMORY_FACTOR)).isBefore(now)) {
            return new Track(0, Instant.MIN, now);
        }
        return known;
    }

    private void count(Key key, Instant now, int freeHere) {
        int failures = track(key, now).failures() + 1;
        Instant notBefore = failures < freeHere ? Instant.MIN : now.plus(delay(failures - freeHere));
        tracks.put(key, new Track(failures, notBefore, now));
    }

    private Duration delay(int excess) {
        Duration doubled = Duration.ofSeconds(1L << Math.min(excess, 30));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
