package dev.pychat.endtoend.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Finished;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Shared.class)
class ServerConfigurationTest {
    @Test
    void flagCountsOverEnvironmentOverFileOverDefault(Installation pychat) throws Exception {
        Path file = pychat.directory("config").resolve("server.properties");
        Files.writeString(file, "host = file.example\nport = 1\ndata = d\u00e4ta\n");
        Finished printed = pychat.pychat("server", "--print-config", "--host", "flag.example", "--config", "" + file)
                .with("PYCHAT_HOST", "environment.example")
                .with("PYCHAT_PORT", "2")
                .run();
        assertThat(printed.exit()).as("%s", printed).isZero();
        assertThat(printed.err()).isEmpty();
        assertThat(printed.out().lines())
                .contains(
                        "host = flag.example  (flag --host)",
                        "port = 2  (environment PYCHAT_PORT)",
                        "data = d\u00e4ta  (file " + file + ")",
                        "listing = on  (default)");
    }

    @Test
    void unknownKeyOfTheFileIsNamed(Installation pychat) throws Exception {
        Path file = pychat.directory("config").resolve("server.properties");
        Files.writeString(file, "prot = 1\n");
        Finished refused =
                pychat.pychat("server").with("PYCHAT_CONFIG", file.toString()).run();
        assertThat(refused.exit()).as("%s", refused).isEqualTo(2);
        assertThat(refused.err()).hasLineCount(1).contains("prot", file.toString(), "port");
    }

    @ParameterizedTest
    @CsvSource({"--port, 65536, 65535", "--listing, perhaps, on or off", "--password, secret, --password"})
    void whatIsWrongOnTheCommandLineIsOneLine(String flag, String value, String said, Installation pychat)
            throws Exception {
        Finished refused = pychat.pychat("server", flag, value).run();
        assertThat(refused.exit()).as("%s", refused).isEqualTo(2);
        assertThat(refused.err()).hasLineCount(1).contains(said);
        assertThat(refused.out()).isEmpty();
    }
}
