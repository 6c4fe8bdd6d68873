package dev.pychat.benchmarks.field;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each scenario against our own server in a process of its own, for a second. Nothing is said here about its figures. */
class FieldTest {

    /** A server that lives for seconds is not worth compiling well. */
    private static final String SOON = "-XX:TieredStopAtLevel=1";

    @TempDir
    Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

    @Test
    void eachScenarioRunsAndIsReported() throws Exception {
        List<String> options =
                List.of("--smoke", "--only", "pychat", "--server-flag", SOON, "--out", directory.toString());
        List<String> failures = Field.run(Settings.parse(options), out);
        String text = said.toString(StandardCharsets.UTF_8);
        assertThat(failures).as(text).isEmpty();
        assertThat(text)
                .containsPattern("S1, round 1, pychat, 2 pairs: delivered/s [1-9][0-9,]*; .*batch [1-9]")
                .containsPattern(
                        "S1, round 1, pychat, 5 pairs: delivered/s [1-9].*; TLS, ms [0-9.]+; sockets, ms .*; codec, ms .*; "
                                + "engine, ms .*; store, ms [0-9]*[1-9].*; JVM, ms ")
                .containsPattern("S2, round 1, pychat, 100/s: p50, ms [0-9.]+; p99, ms [0-9.]+")
                .containsPattern(
                        "S3, round 1, pychat, 100 messages: stored/s [1-9].*drained/s [1-9].*lost of them 0\\R")
                .containsPattern(
                        "S4, round 1, pychat, 30: logged in/s [1-9].*alive 30; TLS resumed, % 100; back/s [1-9]");
        assertThat(read("RESULTS.md"))
                .contains(
                        "## S4: idle connections",
                        "`scripts/bench-field --smoke --only pychat --server-flag " + SOON + "`",
                        "synced to the disk")
                .doesNotContain(directory.toString());
        JsonObject json = JsonParser.parseString(read("results.json")).getAsJsonObject();
        // Two numbers of pairs, a steady rate, people away, two numbers of idle connections.
        assertThat(json.getAsJsonArray("results")).hasSize(6);
        for (String plot : List.of("cpu-per-message.svg", "latency.svg")) {
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(read(plot).getBytes(StandardCharsets.UTF_8)));
            assertThat(read(plot)).contains("<polyline", ">pychat</text>");
        }
    }

    private String read(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }
}
