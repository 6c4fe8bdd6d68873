package dev.pychat.benchmarks.load;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * The moment at which something begins or ends to be counted.
 *
 * @param nanos when
 * @param count what had been counted
 * @param server the server's processor time
 * @param own this process's processor time
 */
public record Span(long nanos, long count, Duration server, Duration own) {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * This moment.
     *
     * @param count what has been counted
     * @param server the server's processor time
     * @return the moment
     */
    public static Span now(long count, Duration server) {
        return new Span(System.nanoTime(), count, server, ownCpu());
    }

    private static Duration ownCpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? Duration.ofNanos(system.getProcessCpuTime())
                : Duration.ZERO;
    }

    /**
     * The time between two moments.
     *
     * @param end the later one
     * @return seconds
     */
    public double seconds(Span end) {
        return (end.nanos - nanos) / NANOS_PER_SECOND;
    }

    /**
     * What was counted between two moments.
     *
     * @param end the later one
     * @return the number
     */
    public long counted(Span end) {
        return end.count - count;
    }

    /**
     * The server's processor time for one of so many.
     *
     * @param end the later moment
     * @param number how many
     * @return milliseconds; not a number where there were none
     */
    public double serverMillis(Span end, double number) {
        return number == 0 ? Double.NaN : end.server.minus(server).toNanos() / NANOS_PER_MILLI / number;
    }

    /**
     * How busy this process was.
     *
     * @param end the later moment
     * @return its processor time, in cores
     */
    public double generatorCores(Span end) {
        return end.own.minus(own).toNanos() / NANOS_PER_SECOND / seconds(end);
    }
}
