package dev.pychat.benchmarks.contender;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * What is counted on all connections of a scenario: messages accepted, messages that reached the other side, and how long each was on its
 * way since the moment at which it was due, whether or not it could be sent then. Every message has a number of its own, and a
 * tally may keep them.
 *
 * <p>Thread-safe.
 */
public final class Tally {

    private static final int DIGITS = 3;

    private final LongAdder accepted = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final Recorder latency = new Recorder(DIGITS);
    private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
    private final boolean keeps;
    private final Set<Long> acceptedNumbers = ConcurrentHashMap.newKeySet();
    private final Set<Long> deliveredNumbers = ConcurrentHashMap.newKeySet();

    private Tally(boolean keeps) {
        this.keeps = keeps;
    }

    /**
     * A tally that only counts.
     *
     * @return a new one
     */
    public static Tally counting() {
        return new Tally(false);
    }

    /**
     * A tally that also knows which messages it has counted.
     *
     * @return a new one
     */
    public static Tally keeping() {
        return new Tally(true);
    }

    void accepted(long number) {
        accepted.increment();
        if (keeps) {
            acceptedNumbers.add(number);
        }
    }

    void delivered(long number, long due) {
        delivered.increment();
        latency.recordValue(Math.max(0, System.nanoTime() - due));
        if (keeps) {
            deliveredNumbers.add(number);
        }
    }

    void failed(Throwable why) {
        fault.compareAndSet(null, why);
    }

    /**
     * How many messages servers have accepted.
     *
     * @return the number
     */
    public long accepted() {
        return accepted.sum();
    }

    /**
     * How many messages have arrived, repetitions included.
     *
     * @return the number
     */
    public long delivered() {
        return delivered.sum();
    }

    /**
     * How many different messages have arrived, of a tally that keeps them.
     *
     * @return the number
     */
    public int distinct() {
        return deliveredNumbers.size();
    }

    /**
     * How many messages that another tally has seen accepted have not arrived here.
     *
     * @param sent the tally of those who sent
     * @return the number
     */
    public int missing(Tally sent) {
        Set<Long> missing = new HashSet<>(sent.acceptedNumbers);
        missing.removeAll(deliveredNumbers);
        return missing.size();
    }

    /**
     * How long messages were on their way.
     *
     * @return nanoseconds of all that arrived since this was last asked
     */
    public Histogram latency() {
        return latency.getIntervalHistogram();
    }

    /**
     * Fails if a connection has ended or was refused something.
     *
     * @throws IllegalStateException with what the first such connection met
     */
    public void requireNoFault() {
        Throwable first = fault.get();
        if (first != null) {
            throw new IllegalStateException("a connection failed: " + first.getMessage(), first);
        }
    }
}
