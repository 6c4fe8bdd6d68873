package dev.pychat.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.ref.server.store.XodusStoreKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Growth and start run on a server in a process of its own. Nothing is said here about their times. */
class GrowthTest {

    private static final Duration SHORT = Duration.ofMillis(500);

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    @Test
    void eachSizeIsLaidInMeasuredAndRemoved() throws Exception {
        Growth.Scale small =
                new Growth.Scale(new XodusStoreKind(), List.of(2_000L), List.of(30L), 100, 50, 1, SHORT, SHORT);
        Growth.run(directory, small, out);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .containsPattern(
                        "messages=2000: as laid in: [0-9.]+ times the payload on the disk; page of 50 over the wire: median")
                .containsPattern(
                        "messages=2000: compacted in [0-9.]+ s: [0-9.]+ times the payload.*listens after [1-9]")
                .containsPattern("messages=2000: S1 10 pairs: [1-9][0-9]* delivered/s")
                .containsPattern(
                        "accounts=30: page of 50 over the wire: median.*, from the store alone: median.*listens after [1-9]")
                .containsPattern("accounts=30: S1 10 pairs: [1-9][0-9]* delivered/s");
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void sizesAreChosenOnTheCommandLine() {
        Growth.Scale scale =
                Growth.Scale.REAL.with("--messages=1e4,250").with("--accounts=").with("--batch=64");
        assertThat(scale.messages()).containsExactly(10_000L, 250L);
        assertThat(scale.accounts()).isEmpty();
        assertThat(scale.batch()).isEqualTo(64);
        assertThat(scale.kind().name()).isEqualTo("xodus");
        assertThat(scale.with("--store=sqlite").kind().name()).isEqualTo("sqlite");
        assertThatThrownBy(() -> scale.with("--size=3")).hasMessageContaining("--messages");
    }

    @Test
    void startsAreMeasured() throws Exception {
        List<String> program = List.of(
                System.getProperty("java.home") + "/bin/java",
                "--add-opens",
                "java.base/sun.nio.ch=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.pychat.ref.server.Main");
        Start.run(program, false, new Start.Scale(1, Duration.ofMillis(100)), out);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .containsPattern("S5 1 starts without an archive of classes: first connection after [1-9][0-9]* ms")
                .containsPattern("resident when idle [1-9][0-9]* MiB");
    }
}
