package dev.pychat.benchmarks.budget;

import dev.pychat.benchmarks.load.ThreadTime;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a server has done in a stretch of time, and what its parts have spent on it. The processor time of a thread is what Linux says; samples
 * only share it out: what it spent in the kernel among those that found it there, the rest among the others.
 *
 * <p>In each round of sampling the JVM looks at all threads in Java code, but of those in native code at one only, which is the next one in
 * turn. So a sample of native code stands for as many as there are threads in native code: all samples of native code, divided by those
 * of the thread that has most, which was there all the time.
 *
 * @param spent processor time by part
 * @param count how much was done
 */
public record Budget(Map<Share, Duration> spent, long count) {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double THOUSAND = 1_000;

    /** How the threads of the JVM that take the samples are called. */
    private static final String PROFILER = "JFR ";

    /** How the server's own threads are called. */
    private static final String OURS = "pychat-";

    /**
     * What a part has spent.
     *
     * @param share the part
     * @return its processor time for 1,000 of what was done, in milliseconds
     */
    public double millisForThousand(Share share) {
        return spent.getOrDefault(share, Duration.ZERO).toNanos() / NANOS_PER_MILLI * THOUSAND / count;
    }

    /**
     * Shares time out.
     *
     * @param all what the whole process has spent
     * @param threads what each thread has spent that was there at the end
     * @param samples what they were found at
     * @param count how much was done
     */
    static Budget of(Duration all, Map<Long, ThreadTime> threads, List<Sample> samples, long count) {
        Map<Share, Duration> spent = new EnumMap<>(Share.class);
        Map<Long, List<Sample>> byThread = samples.stream().collect(Collectors.groupingBy(Sample::thread));
        double nativeWeight = nativeWeight(byThread);
        Duration rest = all;
        for (Map.Entry<Long, ThreadTime> entry : threads.entrySet()) {
            ThreadTime time = entry.getValue();
            rest = rest.minus(time.all());
            if (!time.name().startsWith(PROFILER)) {
                shareOut(time, byThread.getOrDefault(entry.getKey(), List.of()), nativeWeight, spent);
            }
        }
        // Threads that have ended, such as compilers; below zero only where hundredths were cut off.
        add(spent, Share.OTHER, rest.isNegative() ? Duration.ZERO : rest);
        return new Budget(Collections.unmodifiableMap(spent), count);
    }

    private static double nativeWeight(Map<Long, List<Sample>> byThread) {
        List<Long> counts = byThread.values().stream()
                .map(samples -> samples.stream()
                        .filter(sample -> sample.where() != Sample.Where.JAVA)
                        .count())
                .toList();
        long all = counts.stream().mapToLong(Long::longValue).sum();
        return all == 0 ? 1 : (double) all / Collections.max(counts);
    }

    private static void shareOut(
            ThreadTime time, List<Sample> samples, double nativeWeight, Map<Share, Duration> spent) {
        if (samples.isEmpty()) {
            add(spent, time.name().startsWith(OURS) ? Share.OTHER : Share.JVM, time.all());
            return;
        }
        split(time.system(), inKernel(samples, true), any -> 1.0, spent);
        split(
                time.user(),
                inKernel(samples, false),
                sample -> sample.where() == Sample.Where.JAVA ? 1 : nativeWeight,
                spent);
    }

    /** Those samples in the kernel, or outside; where there are none, the others tell at least whose thread it is. */
    private static List<Sample> inKernel(List<Sample> samples, boolean wanted) {
        List<Sample> found = samples.stream()
                .filter(sample -> (sample.where() == Sample.Where.KERNEL) == wanted)
                .toList();
        return found.isEmpty() ? samples : found;
    }

    private static void split(
            Duration time, List<Sample> samples, Function<Sample, Double> weight, Map<Share, Duration> spent) {
        double all = samples.stream().mapToDouble(weight::apply).sum();
        for (Sample sample : samples) {
            add(spent, sample.share(), Duration.ofNanos(Math.round(time.toNanos() * weight.apply(sample) / all)));
        }
    }

    private static void add(Map<Share, Duration> spent, Share share, Duration time) {
        spent.merge(share, time, Duration::plus);
    }
}
