package dev.pychat.benchmarks.budget;

import dev.pychat.benchmarks.load.Command;
import dev.pychat.benchmarks.load.Directories;
import dev.pychat.benchmarks.load.Proc;
import dev.pychat.benchmarks.load.ThreadTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Finds out what a JVM spends its time on, by the JDK Flight Recorder. Confined to one thread.
 *
 * @param javaHome a Java of the JVM's version
 * @param pid the JVM's process
 */
public record Profiler(Path javaHome, long pid) {

    private static final String NAME = "name=budget";

    /**
     * The processor time of a moment.
     *
     * @param at when
     * @param count what was done
     * @param all that of the process
     * @param threads that of each thread
     */
    private record Moment(Instant at, long count, Duration all, Map<Long, ThreadTime> threads) {

        Map<Long, ThreadTime> since(Moment before) {
            Map<Long, ThreadTime> since = new HashMap<>();
            threads.forEach((thread, time) -> {
                ThreadTime earlier = before.threads.get(thread);
                since.put(thread, earlier == null ? time : time.since(earlier));
            });
            return since;
        }
    }

    /**
     * Takes samples of a server while it is busy.
     *
     * @param before how long the profiler runs before anything counts; its first start costs the server much
     * @param time for how long it counts
     * @param count tells what the server has done so far
     * @return what it spent its time on
     * @throws IOException if the JVM can't be told, or Linux does not tell of its threads
     * @throws InterruptedException if it was interrupted
     */
    public Budget profile(Duration before, Duration time, LongSupplier count) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("pychat-profile");
        try {
            Path settings = Files.writeString(directory.resolve("settings.jfc"), Recording.SETTINGS);
            Path samples = directory.resolve("samples.jfr");
            Command.jcmd(javaHome, pid, "JFR.start", NAME, "settings=" + settings);
            TimeUnit.MILLISECONDS.sleep(before.toMillis());
            Moment begin = now(count);
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
            Moment end = now(count);
            Command.jcmd(javaHome, pid, "JFR.stop", NAME, "filename=" + samples);
            List<Sample> taken = Recording.read(samples, begin.at, end.at);
            return Budget.of(end.all.minus(begin.all), end.since(begin), taken, end.count - begin.count);
        } finally {
            Directories.delete(directory);
        }
    }

    private Moment now(LongSupplier count) throws IOException {
        Proc process = Proc.of(pid);
        return new Moment(Instant.now(), count.getAsLong(), process.cpu(), process.threads());
    }
}
