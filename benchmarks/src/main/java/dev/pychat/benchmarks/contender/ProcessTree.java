package dev.pychat.benchmarks.contender;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process and all that it has started, as Linux counts them. Thread-safe.
 *
 * @param root the process
 */
public record ProcessTree(ProcessHandle root) {

    /** Linux counts processor time for programs in hundredths of a second, whatever the kernel does inside. */
    private static final int TICKS_PER_SECOND = 100;

    /** Where user and system time stand in /proc/PID/stat, counted from behind the name, which may hold anything. */
    private static final int USER_TIME = 11;

    /**
     * Processor time since the start, on all cores.
     *
     * @return the time, in hundredths of a second
     * @throws IOException if Linux does not tell it
     */
    public Duration cpu() throws IOException {
        long ticks = 0;
        for (ProcessHandle process : all()) {
            for (String stat : read(process, "stat")) {
                String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                ticks += Long.parseLong(words[USER_TIME]) + Long.parseLong(words[USER_TIME + 1]);
            }
        }
        return Duration.ofMillis(ticks * TimeUnit.SECONDS.toMillis(1) / TICKS_PER_SECOND);
    }

    /**
     * Memory that is resident.
     *
     * @return KiB
     * @throws IOException if Linux does not tell it
     */
    public long residentKiB() throws IOException {
        long sum = 0;
        for (ProcessHandle process : all()) {
            sum += read(process, "status").stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum();
        }
        return sum;
    }

    private List<ProcessHandle> all() {
        return Stream.concat(Stream.of(root), root.descendants()).toList();
    }

    /** Nothing of a process that has ended meanwhile. */
    private static List<String> read(ProcessHandle process, String file) throws IOException {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), file));
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
