package dev.pychat.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from the files of Linux, here written by hand. */
class ProcTest {

    @TempDir
    Path directory;

    private static String stat(String name, int user, int system) {
        return "4711 (" + name + ") S 1 4711 4711 0 -1 4194560 100 0 3 0 " + user + " " + system
                + " 0 0 20 0 40 0 9000 1 2\n";
    }

    private void thread(long number, String stat) throws IOException {
        Path task = Files.createDirectories(directory.resolve("task").resolve(Long.toString(number)));
        Files.writeString(task.resolve("stat"), stat);
    }

    @Test
    void timesOfThreadsStandBehindTheirNamesWhateverTheseHold() throws Exception {
        thread(4711, stat("java", 12, 3));
        thread(4712, stat("GC Thread#0", 400, 0));
        thread(4713, stat("a) R 1 (b", 0, 7));
        assertThat(new Proc(directory).threads())
                .isEqualTo(Map.of(
                        4711L, new ThreadTime("java", Duration.ofMillis(120), Duration.ofMillis(30)),
                        4712L, new ThreadTime("GC Thread#0", Duration.ofSeconds(4), Duration.ZERO),
                        4713L, new ThreadTime("a) R 1 (b", Duration.ZERO, Duration.ofMillis(70))));
    }

    @Test
    void threadThatHasEndedMeanwhileIsLeftOut() throws Exception {
        thread(4711, stat("java", 1, 1));
        Files.createDirectories(directory.resolve("task/4712"));
        assertThat(new Proc(directory).threads()).containsOnlyKeys(4711L);
    }

    @Test
    void processHasItsOwnTimesAndItsStatus() throws Exception {
        Files.writeString(directory.resolve("stat"), stat("java", 100, 50));
        Files.writeString(
                directory.resolve("status"), "Name:\tjava\nVmHWM:\t   900 kB\nVmRSS:\t   720 kB\nThreads:\t12\n");
        Proc proc = new Proc(directory);
        assertThat(proc.cpu()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(proc.residentKiB()).isEqualTo(720);
        assertThat(proc.status("Threads")).isEqualTo(12);
    }

    @Test
    void processThatHasEndedHasSpentNothingMore() throws Exception {
        assertThat(new Proc(directory).cpu()).isZero();
        assertThat(new Proc(directory).residentKiB()).isZero();
    }
}
