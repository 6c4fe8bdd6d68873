package dev.pychat.benchmarks.load;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** What the programs share that load a server of ours on a temporary data directory. Stateless. */
final class Tools {

    private static final double NANOS_PER_MILLI = 1e6;

    private Tools() {}

    /** Without it the stores, which are opened here before the server opens them, would tell all that they do. */
    static void logLikeTheServer() {
        System.setProperty("logback.configurationFile", "dev/pychat/ref/server/logback.xml");
    }

    /** Quantiles in milliseconds. */
    static String line(Histogram nanos) {
        return String.format(
                Locale.ROOT,
                "p50 %.2f, p99 %.2f, p99.9 %.2f, most %.2f ms",
                nanos.getValueAtPercentile(50) / NANOS_PER_MILLI,
                nanos.getValueAtPercentile(99) / NANOS_PER_MILLI,
                nanos.getValueAtPercentile(99.9) / NANOS_PER_MILLI,
                nanos.getMaxValue() / NANOS_PER_MILLI);
    }
}
