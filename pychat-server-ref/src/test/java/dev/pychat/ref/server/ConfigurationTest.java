package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {

    @TempDir
    Path directory;

    @Test
    void defaultsHoldWhereNothingIsSet() throws Exception {
        Configuration settings = Configuration.of(Map.of(), Map.of());
        assertThat(settings.host()).isEqualTo("localhost");
        assertThat(settings.port()).isEqualTo(5050);
        assertThat(settings.data()).isEqualTo(Path.of("pychat-data"));
        assertThat(settings.listing()).isTrue();
        assertThat(settings.file(Setting.TLS_CERT)).isEmpty();
    }

    @Test
    void flagCountsOverEnvironmentOverFileOverDefault() throws Exception {
        Path file = file("port = 1\nhost = von-der-Datei\ndata = größe\n");
        Map<String, String> environment =
                Map.of("PYCHAT_CONFIG", file.toString(), "PYCHAT_PORT", "2", "PYCHAT_HOST", "h");
        Configuration settings = Configuration.of(Map.of(Setting.PORT, "3"), environment);
        assertThat(settings.port()).isEqualTo(3);
        assertThat(settings.host()).isEqualTo("h");
        assertThat(settings.data()).isEqualTo(Path.of("größe"));
        assertThat(settings.print().lines())
                .contains(
                        "port = 3  (flag --port)",
                        "host = h  (environment PYCHAT_HOST)",
                        "data = größe  (file " + file + ")",
                        "listing = on  (default)");
    }

    @Test
    void whatIsNotSetIsPrintedToo() throws Exception {
        assertThat(Configuration.of(Map.of(), Map.of()).print().lines())
                .hasSameSizeAs(Setting.values())
                .contains("tls.cert =   (not set)", "config =   (not set)");
    }

    @Test
    void unknownVariableIsNamedAndThoseOfOthersAreNot() throws Exception {
        assertThatThrownBy(() -> Configuration.of(Map.of(), Map.of("PYCHAT_PROT", "1")))
                .isInstanceOfSatisfying(
                        StartException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("PYCHAT_PROT")
                .hasMessageContaining("PYCHAT_PORT");
        assertThat(Configuration.of(Map.of(), Map.of("PATH", "/bin", "PYCHATTER", "1"))
                        .port())
                .isEqualTo(5050);
    }

    @Test
    void markOfTheByteOrderIsNoPartOfTheFirstKey() throws Exception {
        Path file = file("\ufeffport = 1\n");
        assertThat(Configuration.of(Map.of(Setting.CONFIG, file.toString()), Map.of())
                        .port())
                .isEqualTo(1);
    }

    @Test
    void directoryIsNoConfigurationFile() {
        assertThatThrownBy(() -> Configuration.of(Map.of(Setting.CONFIG, directory.toString()), Map.of()))
                .isInstanceOfSatisfying(
                        StartException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CANNOT_READ_OR_WRITE))
                .hasMessageContaining(directory + ": it is a directory");
    }

    @Test
    void namesFollowFromOneAnother() {
        assertThat(Setting.TLS_CERT.flag()).isEqualTo("--tls-cert");
        assertThat(Setting.TLS_CERT.variable()).isEqualTo("PYCHAT_TLS_CERT");
        assertThat(Setting.TLS_CERT.key()).isEqualTo("tls.cert");
    }

    @ParameterizedTest
    @CsvSource({
        "tls.crt = x, tls.crt",
        "config = other.properties, config",
        "prot = 5050, prot",
        "port = \\uZZZZ, \\uxxxx",
        "'port = 1\nport = 2', port",
    })
    void wrongFileIsAUsageErrorThatNamesWhatIsWrong(String line, String named) throws Exception {
        Path file = file(line);
        assertThatThrownBy(() -> Configuration.of(Map.of(Setting.CONFIG, file.toString()), Map.of()))
                .isInstanceOfSatisfying(
                        StartException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining(named)
                .hasMessageContaining(file.toString());
    }

    @Test
    void fileThatIsMissingOrNotUtf8IsSaidSo() throws Exception {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> Configuration.of(Map.of(Setting.CONFIG, missing.toString()), Map.of()))
                .isInstanceOfSatisfying(
                        StartException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CANNOT_READ_OR_WRITE))
                .hasMessageContaining(missing.toString());
        Path latin = Files.write(directory.resolve("latin"), new byte[] {'h', '=', (byte) 0xfc, '\n'});
        assertThatThrownBy(() -> Configuration.of(Map.of(Setting.CONFIG, latin.toString()), Map.of()))
                .hasMessageContaining("not UTF-8");
    }

    @ParameterizedTest
    @CsvSource({"PORT, -1", "PORT, 65536", "PORT, many", "HOST, ' '", "LISTING, yes", "DATA, ''"})
    void valueThatIsNotAllowedNamesItselfAndItsOrigin(Setting setting, String text) throws Exception {
        Configuration settings = Configuration.of(Map.of(setting, text), Map.of());
        assertThatThrownBy(() -> {
                    settings.host();
                    settings.port();
                    settings.listing();
                    settings.data();
                })
                .isInstanceOfSatisfying(
                        StartException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining(setting.key())
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining(setting.flag());
    }

    private Path file(String content) throws Exception {
        return Files.writeString(directory.resolve("pychat.properties"), content, StandardCharsets.UTF_8);
    }
}
