package dev.pychat.benchmarks.budget;

import dev.pychat.benchmarks.load.ThreadTime;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of a server have spent. The processor time of a thread is what Linux says; samples that were taken another time under the
 * same load only share it out, among all threads that are called the same: what was spent in the kernel among those that were found
 * there, the rest among the others.
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

    /** Shares out what was spent. */
    static Budget of(Spent total, List<Sample> samples) {
        Map<Share, Duration> spent = new EnumMap<>(Share.class);
        double nativeWeight = nativeWeight(samples);
        Map<String, List<Sample>> found = samples.stream()
                .collect(Collectors.groupingBy(sample -> kind(total.threads().get(sample.thread()))));
        Duration rest = total.all();
        for (ThreadTime time : total.threads().values()) {
            rest = rest.minus(time.all());
            shareOut(time, found.getOrDefault(kind(time), List.of()), nativeWeight, spent);
        }
        // Threads that have ended, such as compilers; below zero only where hundredths were cut off.
        add(spent, Share.OTHER, rest.isNegative() ? Duration.ZERO : rest);
        return new Budget(Collections.unmodifiableMap(spent), total.count());
    }

    /** The name without the number behind it; none for a thread that was not there. */
    private static String kind(@Nullable ThreadTime thread) {
        return thread == null ? "" : thread.name().replaceFirst("[-#][0-9]*$", "");
    }

    private static double nativeWeight(List<Sample> samples) {
        Map<Long, Long> counts = samples.stream()
                .filter(sample -> sample.where() != Sample.Where.JAVA)
                .collect(Collectors.groupingBy(Sample::thread, Collectors.counting()));
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        return all == 0 ? 1 : (double) all / Collections.max(counts.values());
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
