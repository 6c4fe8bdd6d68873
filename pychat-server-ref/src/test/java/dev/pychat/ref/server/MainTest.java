package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void helpNamesEveryOptionAndTheExitCodes(String option) {
        assertThat(run(option)).isEqualTo(ExitCode.DONE);
        for (Setting setting : Setting.values()) {
            assertThat(out()).contains(setting.flag());
        }
        assertThat(out()).contains("--print-config", "Exit codes");
        assertThat(err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V"})
    void versionIsPrinted(String option) {
        assertThat(run(option)).isEqualTo(ExitCode.DONE);
        assertThat(out()).startsWith("pychat server ");
    }

    @Test
    void configurationIsPrintedWithItsOrigins() {
        assertThat(run("--print-config", "--port", "1234")).isEqualTo(ExitCode.DONE);
        assertThat(out()).contains("port = 1234  (flag --port)", "host = here  (environment PYCHAT_HOST)");
    }

    @Test
    void whatIsWrongOnTheCommandLineIsOneLineOfUsage() {
        assertThat(run("--prot", "1")).isEqualTo(ExitCode.USAGE);
        assertThat(err().lines()).singleElement().asString().contains("--prot");
    }

    @Test
    void transportThatThereIsNotIsSaidWithThoseThatThereAre() {
        assertThat(run("--transport", "pigeons")).isEqualTo(ExitCode.USAGE);
        assertThat(err().lines())
                .singleElement()
                .asString()
                .contains("transport is \"pigeons\" (flag --transport), allowed is netty or sockets");
    }

    @Test
    void passwordIsNoOption() {
        assertThat(run("--password", "x")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void failedStartIsOneLineAndItsCode() {
        String missing = directory.resolve("missing").toString();
        ExitCode code = run("--data", directory.toString(), "--tls-cert", missing, "--tls-key", missing);
        assertThat(code).isEqualTo(ExitCode.CANNOT_READ_OR_WRITE);
        assertThat(err().lines()).singleElement().asString().contains(missing);
        assertThat(out()).isEmpty();
    }

    @Test
    void dataThatIsNoDirectoryIsSaidInWords() throws Exception {
        String file = Files.writeString(directory.resolve("file"), "x").toString();
        assertThat(run("--data", file)).isEqualTo(ExitCode.CANNOT_READ_OR_WRITE);
        assertThat(err().lines()).singleElement().asString().endsWith(file + ": not a directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--print-config", "--help", "--version"})
    void outputThatCannotBeWrittenEndsWithFour(String option) {
        assertThat(new Main(Map.of(), full(), stream(err)).run(option)).isEqualTo(ExitCode.CANNOT_READ_OR_WRITE);
        assertThat(err().lines()).singleElement().asString().contains("could not be written");
    }

    @Test
    void serverThatCannotSayWhereItListensEndsAndLetsItsDataGo() {
        String[] start = {"--port", "0", "--data", directory.resolve("data").toString()};
        for (int times = 0; times < 2; times++) {
            assertThat(new Main(Map.of(), full(), stream(err)).run(start)).isEqualTo(ExitCode.CANNOT_READ_OR_WRITE);
        }
        assertThat(err().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("the output could not be written"));
    }

    private static PrintStream full() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        return new PrintStream(full, true, StandardCharsets.UTF_8);
    }

    private ExitCode run(String... arguments) {
        return new Main(Map.of("PYCHAT_HOST", "here"), stream(out), stream(err)).run(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream target) {
        return new PrintStream(target, true, StandardCharsets.UTF_8);
    }
}
