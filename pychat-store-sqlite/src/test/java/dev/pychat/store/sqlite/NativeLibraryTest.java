package dev.pychat.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is unpacked to be loaded is gone again, even if the process is killed. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class NativeLibraryTest {

    @TempDir
    private Path directory;

    @TempDir
    private Path temporary;

    @Test
    void processThatIsKilledLeavesNothingInTheTemporaryDirectory() throws Exception {
        String home = System.getProperty("pychat.test.java.home", System.getProperty("java.home"));
        Process process = new ProcessBuilder(
                        Path.of(home, "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        NativeLibraryTest.class.getName(),
                        directory.resolve("data").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        byte[] said = new byte["opened".length()];
        assertThat(process.getInputStream().readNBytes(said, 0, said.length)).isEqualTo(said.length);
        process.destroyForcibly();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(said, StandardCharsets.US_ASCII)).isEqualTo("opened");
        assertThat(temporary).isEmptyDirectory();
    }

    /** Opens the stores and waits for its end. */
    public static void main(String[] args) throws Exception {
        try (AutoCloseable stores = SqliteServerStores.open(Path.of(args[0]), new SecureRandom())) {
            System.out.print("opened");
            System.out.flush();
            Thread.sleep(TimeUnit.MINUTES.toMillis(2));
            assertThat(stores).isNotNull();
        }
    }
}
