package dev.pychat.benchmarks.load;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * What is counted on all connections: messages accepted, messages that reached the other side, and how long each was on its way since
 * the moment at which it was due, whether or not it could be sent then.
 *
 * <p>Thread-safe.
 */
final class Meter {

    private static final int DIGITS = 3;

    private final LongAdder accepted = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final Recorder latency = new Recorder(DIGITS);

    void accepted(int count) {
        accepted.add(count);
    }

    /** A message that was due at a moment of {@link System#nanoTime} is there. */
    void delivered(long due) {
        delivered.increment();
        latency.recordValue(Math.max(0, System.nanoTime() - due));
    }

    long accepted() {
        return accepted.sum();
    }

    long delivered() {
        return delivered.sum();
    }

    /** Nanoseconds of all that arrived since this was last asked. */
    Histogram latency() {
        return latency.getIntervalHistogram();
    }
}
