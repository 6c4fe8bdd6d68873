package dev.pychat.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much of something everybody may use: each has a purse that holds so much, is emptied by use and fills up again at a steady
 * rate. Whoever is not remembered has a full one; the {@value #MOST_TRACKED} used last are remembered. Thread-safe.
 */
final class Allowances {

    private static final int MOST_TRACKED = 100_000;
    private static final double MILLIS = 1_000;

    private record Purse(double left, Instant at) {}

    private final Clock clock;
    private final String what;
    private final double most;
    private final double perSecond;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Purse> purses = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Purse> eldest) {
            return size() > MOST_TRACKED;
        }
    };

    /**
     * Makes them, all full.
     *
     * @param what a word for what is used, for the sentence of a refusal
     */
    Allowances(Clock clock, String what, double most, double perSecond) {
        this.clock = clock;
        this.what = what;
        this.most = most;
        this.perSecond = perSecond;
    }

    /** Takes some; if there is not enough, nothing is taken and {@link BusyException} says when there will be. */
    void take(String whose, double some) throws BusyException {
        lock.lock();
        try {
            Instant now = clock.instant();
            double left = left(whose, now);
            if (left < some) {
                throw busy(some - left);
            }
            purses.put(whose, new Purse(left - some, now));
        } finally {
            lock.unlock();
        }
    }

    /** Fails where nothing is left. */
    void require(String whose) throws BusyException {
        lock.lock();
        try {
            double left = left(whose, clock.instant());
            if (left <= 0) {
                throw busy(1 - left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Uses some that was not asked for before; the purse may go below empty. */
    void use(String whose, double some) {
        lock.lock();
        try {
            Instant now = clock.instant();
            purses.put(whose, new Purse(left(whose, now) - some, now));
        } finally {
            lock.unlock();
        }
    }

    private double left(String whose, Instant now) {
        Purse purse = purses.get(whose);
        if (purse == null) {
            return most;
        }
        double since = Math.max(0, Duration.between(purse.at(), now).toMillis() / MILLIS);
        return Math.min(most, purse.left() + since * perSecond);
    }

    private BusyException busy(double missing) {
        long millis = (long) Math.ceil(Math.min(missing, most) / perSecond * MILLIS);
        return new BusyException(
                "too many " + what + ", ask again a little later", Duration.ofMillis(Math.max(1, millis)));
    }
}
