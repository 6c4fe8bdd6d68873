package dev.pychat.benchmarks.field;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The two plots of a run. */
final class Plots {

    private static final double NANOS_PER_MILLI = 1e6;

    /** Where a curve of quantiles has its points: parts of all messages that were slower. */
    private static final List<Double> SLOWER =
            List.of(1.0, 0.75, 0.5, 0.25, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005);

    /** Beyond it, what a run shows is one message or none. */
    private static final double FEWEST_BEYOND = 3;

    private Plots() {}

    /** Processor time of the server against the number of pairs. */
    static String cpu(Results results, List<String> servers, List<Integer> pairs) {
        Plot plot = new Plot("Server CPU for 1,000 delivered messages (S1)", "pairs", "ms");
        pairs.forEach(number -> plot.mark(number, String.format(Locale.ROOT, "%,d", number)));
        for (String server : servers) {
            List<Plot.Point> points = new ArrayList<>();
            for (int number : pairs) {
                Results.Cell cell = new Results.Cell("S1", OnlinePairs.variant(number), server);
                results.spread(cell, Figure.SERVER_CPU)
                        .ifPresent(spread ->
                                points.add(new Plot.Point(number, spread.median(), spread.least(), spread.most())));
            }
            plot.add(server, points);
        }
        return plot.svg();
    }

    /** Time on the way against the part of messages that were as quick. */
    static String latency(Results results, List<String> servers) {
        Plot plot = new Plot("Latency at a steady rate (S2)", "quantile", "ms");
        plot.mark(1 / 0.5, "50 %");
        plot.mark(1 / 0.1, "90 %");
        plot.mark(1 / 0.01, "99 %");
        plot.mark(1 / 0.001, "99.9 %");
        Map<String, Histogram> latencies = results.latencies();
        for (String server : servers) {
            Histogram nanos = latencies.get(server);
            if (nanos != null) {
                plot.add(
                        server,
                        SLOWER.stream()
                                .filter(part -> part * nanos.getTotalCount() >= FEWEST_BEYOND)
                                .map(part -> Plot.Point.at(
                                        1 / part, nanos.getValueAtPercentile(100 * (1 - part)) / NANOS_PER_MILLI))
                                .toList());
            }
        }
        return plot.svg();
    }
}
