package dev.pychat.benchmarks.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;

/**
 * The moment at which something begins to be counted.
 *
 * @param nanos when
 * @param delivered what had arrived
 * @param server the server's processor time
 * @param own this process's processor time
 */
record Span(long nanos, long delivered, Duration server, Duration own) {

    static Span now(ServerProcess server, Meter meter) throws IOException {
        return new Span(System.nanoTime(), meter.delivered(), server.cpu(), ownCpu());
    }

    String until(ServerProcess process, Meter meter) throws IOException {
        long count = meter.delivered() - delivered;
        double seconds = (System.nanoTime() - nanos) / 1e9;
        double cpu = process.cpu().minus(server).toNanos() / 1e6;
        double share = ownCpu().minus(own).toNanos() / 1e9 / seconds;
        return String.format(
                Locale.ROOT,
                "%.0f delivered/s, server CPU %.1f ms for 1,000, server memory %d MiB, generator %.2f cores",
                count / seconds,
                count == 0 ? Double.NaN : cpu / count * 1_000,
                process.residentKiB() >> 10,
                share);
    }

    private static Duration ownCpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? Duration.ofNanos(system.getProcessCpuTime())
                : Duration.ZERO;
    }
}
