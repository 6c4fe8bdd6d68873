package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is in the configuration file: settings, or a sentence that says what is wrong. */
class ConfigurationFuzzTest {

    @TempDir
    static Path directory;

    static Stream<byte[]> files() {
        return Stream.of(
                        "host = 0.0.0.0\nport: 5050\ndata=/var/lib/pychat\n# comment\nlisting off\n",
                        "\ufeffstore=sqlite\noperations.port=9090\ntls.cert = /etc/pychat/server.pem\n",
                        "port=\\u0035050\\\n  1\nkey=\\u12")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("files")
    @FuzzTest
    void anyFileIsSettingsOrASentence(byte[] input) throws IOException {
        Path file = Files.write(directory.resolve("pychat.conf"), input);
        try {
            Configuration configuration = Configuration.of(Map.of(Setting.CONFIG, file.toString()), Map.of());
            assertThat(configuration.port()).isBetween(0, 65_535);
            assertThat(configuration.host()).isNotBlank();
            assertThat(configuration.store()).isIn(Configuration.STORES);
            assertThat(configuration.transport()).isIn(Configuration.TRANSPORTS);
            assertThat(configuration.print()).hasLineCount(Setting.values().length);
            configuration.operationsPort();
            configuration.data();
            configuration.listing();
            configuration.file(Setting.TLS_CERT);
        } catch (StartException expected) {
            assertThat(expected.getMessage()).isNotBlank().doesNotContain("Exception");
        }
    }
}
