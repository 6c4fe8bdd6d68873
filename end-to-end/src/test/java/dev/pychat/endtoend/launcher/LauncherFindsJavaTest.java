package dev.pychat.endtoend.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Command;
import dev.pychat.endtoend.Finished;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherFindsJavaTest {
    private static final String UNSAFE = "--sun-misc-unsafe-memory-access=allow";

    @TempDir
    private Path directory;

    private Sandbox sandbox;

    @BeforeEach
    void checkout() throws Exception {
        sandbox = Sandbox.in(directory).withMaven();
    }

    @Test
    void missingJavaNamesTheFloor() throws Exception {
        Finished start = sandbox.pychat("server").run();
        assertThat(start.exit()).as("%s", start).isEqualTo(1);
        assertThat(start.err()).contains("no java found", "Java 17 or newer");
        assertThat(sandbox.mavenCalls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8.0_392", "11.0.22", "16"})
    void tooOldJavaNamesItselfAndTheFloor(String version) throws Exception {
        Finished start = sandbox.withJava(version).pychat("server").run();
        assertThat(start.exit()).as("%s", start).isEqualTo(1);
        assertThat(start.err()).contains("is version " + version, "Java 17 or newer");
        assertThat(start.out()).isEmpty();
        assertThat(sandbox.mavenCalls()).isEmpty();
    }

    @Test
    void javaHomeGoesBeforePath() throws Exception {
        Path home = Files.createDirectories(directory.resolve("java home/bin"));
        sandbox.withJava("11");
        Files.copy(sandbox.bin.resolve("java"), home.resolve("java"));
        Sandbox.executable(home.resolve("java"));
        Files.writeString(home.resolve("java.version"), "21.0.1");
        Finished start = sandbox.pychat("client")
                .with("JAVA_HOME", home.getParent().toString())
                .run();
        assertThat(start.exit()).as("%s", start).isZero();
    }

    @Test
    void javaHomeWithoutJavaIsSaid() throws Exception {
        Finished start = sandbox.withJava("17")
                .pychat("server")
                .with("JAVA_HOME", directory.toString())
                .run();
        assertThat(start.exit()).as("%s", start).isEqualTo(1);
        assertThat(start.err()).contains("JAVA_HOME is " + directory, "Java 17 or newer");
    }

    @ParameterizedTest
    @CsvSource({
        "17.0.15, server, ''",
        "17.0.15, demo, ''",
        "22, client, ''",
        "23, server, " + UNSAFE,
        "25-ea, demo, " + UNSAFE,
        "25.0.3, client, " + UNSAFE,
    })
    void javaGetsTheFlagThatItsVersionWants(String version, String program, String flag) throws Exception {
        Finished start = sandbox.withJava(version).pychat(program).run();
        assertThat(start.exit()).as("%s", start).isZero();
        assertThat(start.out().lines().filter(UNSAFE::equals))
                .containsExactly(flag.isEmpty() ? new String[0] : new String[] {flag});
    }

    @Test
    void versionIsReadFromTheFileBesideJavaIfThereIsOne() throws Exception {
        Path home = Files.createDirectories(directory.resolve("jdk"));
        Path bin = Files.createDirectories(home.resolve("bin"));
        sandbox.withJava("11");
        Files.move(sandbox.bin.resolve("java"), bin.resolve("java"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"16.0.2\"\nMODULES=\"a b\"\n");
        Files.createSymbolicLink(directory.resolve("alternative"), bin.resolve("java"));
        Files.createSymbolicLink(sandbox.bin.resolve("java"), Path.of("..", "alternative"));
        Finished start = sandbox.pychat("server").run();
        assertThat(start.exit()).as("%s", start).isEqualTo(1);
        assertThat(start.err()).contains("is version 16.0.2");
    }

    @ParameterizedTest
    @CsvSource({
        "client, JAVA_TOOL_OPTIONS, -XX:+UseG1GC, ''",
        "client, JDK_JAVA_OPTIONS, -Xmx1g -XX:+UseZGC, ''",
        "client, _JAVA_OPTIONS, -XX:+UseParallelGC, ''",
        "client, JAVA_TOOL_OPTIONS, -Xmx1g, -XX:+UseSerialGC",
        "client, NOTHING, '', -XX:+UseSerialGC",
        "server, JAVA_TOOL_OPTIONS, -Xlog:gc -XX:+UseG1GC, ''",
        "server, JAVA_TOOL_OPTIONS, -XX:+UseLargePages -XX:MaxGCPauseMillis=50 *, -XX:+UseParallelGC",
        "server, NOTHING, '', -XX:+UseParallelGC"
    })
    void collectorOfTheEnvironmentIsTheOnlyOne(String program, String name, String options, String own)
            throws Exception {
        Finished start =
                sandbox.withJava("17").pychat(program).with(name, options).run();
        assertThat(start.exit()).as("%s", start).isZero();
        assertThat(start.out().lines().filter(line -> line.matches("-XX:\\+Use.*GC")))
                .as("%s", start)
                .containsExactly(own.isEmpty() ? new String[0] : new String[] {own});
        assertThat(start.out().contains("-XX:NewSize=")).isEqualTo(own.equals("-XX:+UseParallelGC"));
    }

    @Test
    void programGetsItsArgumentsAsTheyAre() throws Exception {
        Finished start = sandbox.withJava("17")
                .pychat("client", "--home", "my home", "", "*", "$x")
                .run();
        assertThat(start.out().lines().toList()).endsWith("--home", "my home", "", "*", "$x");
        assertThat(start.out()).contains("-jar\n").contains("/lib/pychat-client-ref-1.0.jar\n");
    }

    @Test
    void descriptorsThatAreClosedAreOpenedBeforeJavaTakesThemForItsOwn() throws Exception {
        sandbox.withJava("17").pychat("client").run();
        String closing = "exec '" + sandbox.launcher() + "' client <&- >&- 2>&-";
        Finished start = Command.of(sandbox.bin.resolve("sh").toString(), "-c", closing)
                .in(sandbox.bin)
                .with("PATH", sandbox.bin.toString())
                .run();
        assertThat(start.exit()).as("%s", start).isZero();
        assertThat(Files.readAllLines(sandbox.bin.resolve("descriptors"))).containsExactly("0", "1", "2");
    }
}
