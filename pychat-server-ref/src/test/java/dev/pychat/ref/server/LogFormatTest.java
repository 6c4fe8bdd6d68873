package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log as people read it, and as programs do. */
class LogFormatTest {

    /** No socket fits below it, which the server logs. */
    private static final String LONG = "long-".repeat(24);

    private static final String WORDS = "no command reaches this server while it runs";

    @TempDir
    Path directory;

    @Test
    void logIsLinesUnlessToldOtherwise() throws Exception {
        try (ServerJvm server = ServerJvm.start(Map.of(), directory.resolve(LONG))) {
            assertThat(lineThatWarns(server))
                    .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d[.]\\d{3} WARN  ControlServer: the path .*");
        }
    }

    @Test
    void logIsAnObjectForEachEventWithWhatDiffersApart() throws Exception {
        Path data = directory.resolve(LONG);
        try (ServerJvm server = ServerJvm.start(Map.of("PYCHAT_LOG_FORMAT", "json"), data)) {
            JsonObject event = JsonParser.parseString(lineThatWarns(server)).getAsJsonObject();
            assertThat(event.keySet())
                    .contains("timestamp", "level", "threadName", "loggerName", "message", "arguments")
                    .doesNotContain("context", "mdc", "sequenceNumber");
            assertThat(event.get("level").getAsString()).isEqualTo("WARN");
            assertThat(event.get("loggerName").getAsString()).isEqualTo("dev.pychat.ref.server.control.ControlServer");
            assertThat(event.get("message").getAsString()).isEqualTo("the path {} is longer than {} bytes: " + WORDS);
            assertThat(event.get("arguments").getAsJsonArray().get(0).getAsString())
                    .startsWith(data.toString());
            assertThat(event.get("formattedMessage").getAsString())
                    .startsWith("the path " + data)
                    .endsWith(WORDS);
        }
    }

    @Test
    void formatThatIsNoneIsSaidWithThoseThatAre() {
        assertThatThrownBy(() -> Configuration.of(Map.of(Setting.LOG_FORMAT, "xml"), Map.of())
                        .logFormat())
                .isInstanceOfSatisfying(
                        StartException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("xml")
                .hasMessageContaining("text or json");
    }

    /** The tests' own configuration of the log has no such appender. */
    @Test
    void logOfAnothersMakingStaysAsItIs() throws Exception {
        Process server = OwnJvm.start(
                List.of("-Dlogback.configurationFile=logback-test.xml"),
                "--port=0",
                "--data=" + directory.resolve("data"),
                "--log-format=json");
        String said = new String(server.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isEqualTo(ExitCode.USAGE.number());
        assertThat(said).contains("--log-format is about the server's own log").doesNotContain("\tat ");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    private static String lineThatWarns(ServerJvm server) {
        List<String> lines =
                server.said().lines().filter(line -> line.contains(WORDS)).toList();
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }
}
