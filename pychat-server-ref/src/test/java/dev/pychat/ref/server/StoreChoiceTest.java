package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.store.directory.Durability;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which store keeps a data directory, and that the other one is not even loaded. */
class StoreChoiceTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"xodus, jetbrains.exodus., org.sqlite.", "sqlite, org.sqlite., jetbrains.exodus."})
    void onlyTheStoreThatIsAskedForIsLoaded(String store, String used, String unused) throws Exception {
        List<String> said = startedAndEnded(store);
        assertThat(said).anyMatch(line -> line.contains("] " + used));
        assertThat(said).noneMatch(line -> line.contains("] " + unused));
    }

    @ParameterizedTest
    @CsvSource({"xodus, sqlite", "sqlite, xodus"})
    void directoryRemembersItsStoreAndTheOtherIsRefused(String first, String second) throws Exception {
        Started.with(data(), Map.of(Setting.STORE, first)).close();
        assertThatThrownBy(() -> Started.with(data(), Map.of(Setting.STORE, second)))
                .isInstanceOfSatisfying(
                        StartException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNKNOWN_FORMAT))
                .hasMessageContaining("was made with --store=" + first)
                .hasMessageContaining("pychat server migrate");
        Started.with(data(), Map.of(Setting.STORE, first)).close();
    }

    @Test
    void storeThatIsNoneIsSaidWithThoseThatAre() {
        assertThatThrownBy(() -> Started.with(data(), Map.of(Setting.STORE, "oracle")))
                .isInstanceOfSatisfying(
                        StartException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("oracle")
                .hasMessageContaining("xodus or sqlite");
        assertThat(data()).doesNotExist();
    }

    @Test
    void storeIsSetByEnvironmentAndFileAsEverythingIs() throws Exception {
        assertThat(Configuration.of(Map.of(), Map.of()).store()).isEqualTo("xodus");
        assertThat(Configuration.of(Map.of(), Map.of("PYCHAT_STORE", "sqlite")).store())
                .isEqualTo("sqlite");
    }

    @Test
    void durabilityIsSetByFlagEnvironmentAndFileAndOnTheDiskUnlessToldOtherwise() throws Exception {
        Path file = directory.resolve("server.properties");
        Files.writeString(file, "durability = os\n");
        assertThat(Configuration.of(Map.of(), Map.of()).durability()).isEqualTo(Durability.DISK);
        assertThat(Configuration.of(Map.of(), Map.of("PYCHAT_DURABILITY", "os")).durability())
                .isEqualTo(Durability.OS);
        Configuration fromFile = Configuration.of(Map.of(Setting.CONFIG, file.toString()), Map.of());
        assertThat(fromFile.durability()).isEqualTo(Durability.OS);
        assertThat(fromFile.print()).contains("durability = os");
        Map<Setting, String> flags = Map.of(Setting.CONFIG, file.toString(), Setting.DURABILITY, "disk");
        assertThat(Configuration.of(flags, Map.of()).durability()).isEqualTo(Durability.DISK);
    }

    @Test
    void durabilityThatIsNoneIsSaidWithThoseThatAre() {
        assertThatThrownBy(() -> Started.with(data(), Map.of(Setting.DURABILITY, "fsync")))
                .isInstanceOfSatisfying(
                        StartException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("fsync")
                .hasMessageContaining("disk or os");
        assertThat(data()).doesNotExist();
    }

    @Test
    void nativeLibraryThatCannotBeUnpackedIsNoDamage() throws Exception {
        Process server = OwnJvm.start(
                List.of("-Dorg.sqlite.tmpdir=" + directory.resolve("missing")),
                "--port",
                "0",
                "--data",
                data().toString(),
                "--store=sqlite");
        String said = new String(server.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(server.waitFor()).as(said).isEqualTo(ExitCode.CANNOT_READ_OR_WRITE.number());
        assertThat(said).contains("org.sqlite.tmpdir", "missing").doesNotContain("damaged");
    }

    /** What a JVM says of the classes that it loads, until the server listens. */
    private List<String> startedAndEnded(String store) throws Exception {
        Process server = OwnJvm.start(
                List.of("-Xlog:class+load:stdout:uptime,tags"),
                "--port",
                "0",
                "--data",
                data().toString(),
                "--store",
                store);
        List<String> said = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                if (line.contains("listening on ")) {
                    server.toHandle().destroy();
                }
            }
        }
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said).anyMatch(line -> line.contains("listening on "));
        return said;
    }

    private Path data() {
        return directory.resolve("data");
    }
}
