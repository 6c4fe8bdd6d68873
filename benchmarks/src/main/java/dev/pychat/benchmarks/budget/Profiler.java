package dev.pychat.benchmarks.budget;

import dev.pychat.benchmarks.load.Command;
import dev.pychat.benchmarks.load.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Finds out what a JVM spends its time on, by the JDK Flight Recorder. Confined to one thread.
 *
 * @param javaHome a Java of the JVM's version
 * @param pid the JVM's process
 */
public record Profiler(Path javaHome, long pid) {

    private static final String NAME = "name=budget";

    /**
     * Takes samples of a server while it is busy.
     *
     * @param before how long the profiler runs before anything counts; its first start costs the server much
     * @param time for how long it counts
     * @param spent what the server has spent before under the same load, when it was not profiled
     * @return on what it was spent
     * @throws IOException if the JVM can't be told
     * @throws InterruptedException if it was interrupted
     */
    public Budget profile(Duration before, Duration time, Spent spent) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("pychat-profile");
        try {
            Path settings = Files.writeString(directory.resolve("settings.jfc"), Recording.SETTINGS);
            Path samples = directory.resolve("samples.jfr");
            Command.jcmd(javaHome, pid, "JFR.start", NAME, "settings=" + settings);
            TimeUnit.MILLISECONDS.sleep(before.toMillis());
            Instant begin = Instant.now();
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
            Instant end = Instant.now();
            Command.jcmd(javaHome, pid, "JFR.stop", NAME, "filename=" + samples);
            return Budget.of(spent, Recording.read(samples, begin, end));
        } finally {
            Directories.delete(directory);
        }
    }
}
