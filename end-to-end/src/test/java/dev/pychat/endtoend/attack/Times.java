package dev.pychat.endtoend.attack;

import java.util.Arrays;
import java.util.Locale;

/** How long messages took from the moment at which they were due to be sent until they had arrived. Immutable. */
final class Times {

    private final long[] sortedNanos;

    private Times(long[] sortedNanos) {
        this.sortedNanos = sortedNanos;
    }

    static Times of(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Times(sorted);
    }

    double millis(double part) {
        int index = (int) Math.min(sortedNanos.length - 1L, Math.round(part * sortedNanos.length));
        return sortedNanos[index] / 1e6;
    }

    /** Count, median, 99th percentile and the longest, in milliseconds. */
    String cells() {
        return String.format(
                Locale.ROOT, "%5d | %7.1f | %7.1f | %7.1f", sortedNanos.length, millis(0.5), millis(0.99), millis(1));
    }
}
