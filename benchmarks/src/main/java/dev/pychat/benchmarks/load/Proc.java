package dev.pychat.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What Linux says of one process. Of one that has ended it says nothing, and all numbers are 0. Thread-safe.
 *
 * @param directory the process's directory in {@code /proc}
 */
public record Proc(Path directory) {

    /**
     * A process.
     *
     * @param pid its number
     * @return what Linux says of it
     */
    public static Proc of(long pid) {
        return new Proc(Path.of("/proc", Long.toString(pid)));
    }

    /**
     * Processor time since its start, on all cores, of its threads that have ended, too.
     *
     * @return user and system time, in hundredths of a second
     * @throws IOException if Linux does not tell it
     */
    public Duration cpu() throws IOException {
        return lines(directory.resolve("stat")).stream()
                .map(ThreadTime::parse)
                .map(ThreadTime::all)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /**
     * Processor time of each thread that runs.
     *
     * @return by the thread's number
     * @throws IOException if Linux does not tell it
     */
    public Map<Long, ThreadTime> threads() throws IOException {
        Map<Long, ThreadTime> threads = new HashMap<>();
        try (Stream<Path> tasks = Files.list(directory.resolve("task"))) {
            for (Path task : tasks.toList()) {
                for (String stat : lines(task.resolve("stat"))) {
                    threads.put(Long.parseLong(task.getFileName().toString()), ThreadTime.parse(stat));
                }
            }
        }
        return threads;
    }

    /**
     * Memory that is resident.
     *
     * @return KiB
     * @throws IOException if Linux does not tell it
     */
    public long residentKiB() throws IOException {
        return status("VmRSS");
    }

    /**
     * A number that its status holds.
     *
     * @param field the number's name, such as {@code Threads}
     * @return the number, of memory in KiB
     * @throws IOException if Linux does not tell it
     */
    public long status(String field) throws IOException {
        return lines(directory.resolve("status")).stream()
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }

    /** What files and sockets that are open are called. */
    List<String> handles() throws IOException {
        List<String> targets = new ArrayList<>();
        try (Stream<Path> open = Files.list(directory.resolve("fd"))) {
            for (Path handle : open.toList()) {
                targets.add(target(handle));
            }
        }
        return targets;
    }

    /** Nothing where it was closed meanwhile. */
    private static String target(Path handle) throws IOException {
        try {
            return Files.readSymbolicLink(handle).toString();
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /** Nothing of a process or a thread that has ended meanwhile. */
    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            if (Files.exists(file)) {
                throw e;
            }
            return List.of();
        }
    }
}
