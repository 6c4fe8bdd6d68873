package dev.pychat.benchmarks.field;

import dev.pychat.benchmarks.contender.RunningServer;
import dev.pychat.benchmarks.contender.Tally;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;

/**
 * The moment at which something begins or ends to be counted.
 *
 * @param nanos when
 * @param delivered what had arrived
 * @param server the server's processor time
 * @param own this process's processor time
 * @param inside what the server tells of itself
 */
record Span(long nanos, long delivered, Duration server, Duration own, Map<String, Double> inside) {

    private static final double THOUSAND = 1_000;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double KIB = 1_024;

    static Span now(RunningServer server, Tally tally) throws IOException {
        Map<String, Double> inside = server.inside();
        return new Span(System.nanoTime(), tally.delivered(), server.processes().cpu(), ownCpu(), inside);
    }

    private static Duration ownCpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? Duration.ofNanos(system.getProcessCpuTime())
                : Duration.ZERO;
    }

    double seconds(Span end) {
        return (end.nanos - nanos) / NANOS_PER_SECOND;
    }

    /** The server's processor time for one of so many, in milliseconds. */
    double serverMillis(Span end, double count) {
        return end.server.minus(server).toNanos() / NANOS_PER_MILLI / count;
    }

    double generatorCores(Span end) {
        return end.own.minus(own).toNanos() / NANOS_PER_SECOND / seconds(end);
    }

    /** Writes what delivering has cost since then. */
    void deliveries(Span end, Results results, Results.Cell cell) {
        double count = end.delivered - delivered;
        results.add(cell, Figure.DELIVERED, count / seconds(end));
        results.add(cell, Figure.SERVER_CPU, THOUSAND * serverMillis(end, count));
        results.add(cell, Figure.GENERATOR, generatorCores(end));
        if (grown(end, RunningServer.BATCHES) > 0) {
            results.add(cell, Figure.BATCH, grown(end, RunningServer.BATCHED) / grown(end, RunningServer.BATCHES));
            results.add(cell, Figure.ALLOCATED, grown(end, RunningServer.ALLOCATED) / KIB / count);
        }
    }

    private double grown(Span end, String name) {
        return end.inside.getOrDefault(name, 0.0) - inside.getOrDefault(name, 0.0);
    }
}
