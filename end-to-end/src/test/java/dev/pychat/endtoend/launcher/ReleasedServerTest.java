package dev.pychat.endtoend.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Command.Running;
import dev.pychat.endtoend.Finished;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as the release starts it, on the Java under test: what the JVM itself says must not come between. */
class ReleasedServerTest {
    /** A time and a level come first; a word of the JVM's begins otherwise. */
    private static final String OWN_LOG_LINE =
            "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} (INFO|WARN|ERROR) .*";

    @TempDir
    private Path directory;

    @Test
    void cleanStartAndStopPrintOnlyOurOwnLines() throws Exception {
        Release release = Release.unpackedIn(directory);
        String data = directory.resolve("da ta").toString();
        try (Running server =
                release.pychat("server", "--port", "0", "--data", data).start()) {
            Await.until(() -> server.outSoFar().contains("listening on "));
            server.process().destroy();
            Finished stopped = server.end();
            assertThat(stopped.exit()).as("%s", stopped).isZero();
            assertThat(stopped.out().lines().toList())
                    .as("%s", stopped)
                    .hasSize(4)
                    .satisfiesExactly(
                            line -> assertThat(line).startsWith("pychat server "),
                            line -> assertThat(line).startsWith("fingerprint "),
                            line -> assertThat(line).startsWith("listening on "),
                            line -> assertThat(line).isEqualTo("stopped"));
            assertThat(stopped.err().lines()).as("%s", stopped).allMatch(line -> line.matches(OWN_LOG_LINE));
        }
    }
}
