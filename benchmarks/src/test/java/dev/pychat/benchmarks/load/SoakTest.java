package dev.pychat.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The soak run against a server in a process of its own. Nothing is said here about their times. */
class SoakTest {

    private static final Duration SHORT = Duration.ofMillis(700);

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

    @Test
    void theSoakRunSaysWhatItHasSeen() throws Exception {
        List<String> grown = Soak.run(new Soak.Scale(SHORT, SHORT, 2), out);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .containsPattern("capacity [1-9][0-9]* messages a second")
                .containsPattern("minute 2: [1-9][0-9]* messages, p50 [0-9.]+")
                .containsPattern(
                        "at the end: heap [1-9][0-9]* KiB, [1-9][0-9]* files, [1-9][0-9]* files of the log, [1-9][0-9]* threads");
        // What a second shows of growth is chance; that files are not left open it shows.
        assertThat(grown).noneMatch(sentence -> sentence.startsWith("open files"));
    }
}
