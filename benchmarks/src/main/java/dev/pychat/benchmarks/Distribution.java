package dev.pychat.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/**
 * How long something took, many times.
 *
 * <p>Immutable and thread-safe.
 */
final class Distribution {

    /** What the Kolmogorov-Smirnov statistic of two equal distributions stays below in 99 of 100 cases, times sqrt(1/n + 1/m). */
    private static final double ONE_PERCENT = 1.628;

    private static final double NANOS = 1_000.0;

    private final double[] micros;

    private Distribution(double[] micros) {
        this.micros = micros;
    }

    static Distribution ofNanos(long[] nanos) {
        double[] micros =
                Arrays.stream(nanos).mapToDouble(nano -> nano / NANOS).sorted().toArray();
        return new Distribution(micros);
    }

    /** The value below which that part of all values lies, in microseconds. */
    double quantile(double part) {
        return micros[(int) Math.min(micros.length - 1L, Math.round(part * micros.length))];
    }

    /** The greatest distance between two distribution functions, 0 to 1. */
    double distance(Distribution other) {
        double greatest = 0;
        int here = 0;
        int there = 0;
        while (here < micros.length && there < other.micros.length) {
            double value = Math.min(micros[here], other.micros[there]);
            while (here < micros.length && micros[here] <= value) {
                here++;
            }
            while (there < other.micros.length && other.micros[there] <= value) {
                there++;
            }
            double apart = Math.abs((double) here / micros.length - (double) there / other.micros.length);
            greatest = Math.max(greatest, apart);
        }
        return greatest;
    }

    /** What the distance of equal distributions of these sizes exceeds once in a hundred times. */
    double critical(Distribution other) {
        return ONE_PERCENT * Math.sqrt(1.0 / micros.length + 1.0 / other.micros.length);
    }

    /** Count, quantiles and mean in one line, in microseconds. */
    String line() {
        return String.format(
                Locale.ROOT,
                "n=%-6d p1=%-10.1f p10=%-10.1f median=%-10.1f p90=%-10.1f p99=%-10.1f mean=%.1f",
                micros.length,
                quantile(0.01),
                quantile(0.10),
                quantile(0.50),
                quantile(0.90),
                quantile(0.99),
                Arrays.stream(micros).average().orElse(Double.NaN));
    }
}
