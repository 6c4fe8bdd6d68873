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

    /**
     * Begins an attempt.
     *
     * @throws BusyException if it comes too early; it then does not count
     */
    void begin(Username account, String address) throws BusyException {
        Key both = new Key(account.value(), address);
        Key any = new Key("", address);
        Instant now = clock.instant();
        lock.lock();
        try {
            Instant allowed =
                    later(track(both, now).notBefore(), track(any, now).notBefore());
            if (allowed.isAfter(now)) {
                throw new BusyException("too many log-ins have failed", Duration.between(now, allowed));
            }
            count(both, now, free);
            count(any, now, free * ADDRESS_FACTOR);
        } finally {
            lock.unlock();
        }
    }

    /** The attempt did not come to a check, so it was no guess. */
    void notChecked(Username account, String address) {
        lock.lock();
        try {
            takeBack(new Key(account.value(), address));
            takeBack(new Key("", address));
        } finally {
            lock.unlock();
        }
    }

    private void takeBack(Key key) {
        tracks.computeIfPresent(
                key, (same, track) -> new Track(Math.max(0, track.failures() - 1), Instant.MIN, track.last()));
    }

    /** The attempt was no guess. */
    void succeeded(Username account, String address) {
        Key any = new Key("", address);
        lock.lock();
        try {
            tracks.remove(new Key(account.value(), address));
            Track before = tracks.remove(any);
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
