package dev.pychat.endtoend.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Checkout;
import dev.pychat.endtoend.Command;
import dev.pychat.endtoend.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The zip that a user unpacks, with nothing on {@code PATH} that could build. */
class ReleaseTest {
    @TempDir
    private static Path directory;

    private static Release release;

    /** A link that begins with no scheme and not with a place of the same page; what it leads to, without a place in it. */
    private static final Pattern LINK = Pattern.compile("]\\((?![a-z]+:|#)([^)#]+)[^)]*\\)");

    @BeforeAll
    static void unpack() throws IOException {
        release = Release.unpackedIn(directory);
    }

    @Test
    void launcherMayBeRunAndSaysItsVersion() throws Exception {
        Finished version = release.pychat("version").run();
        assertThat(version.exit()).as("%s", version).isZero();
        assertThat(version.out()).isEqualTo("pychat " + Checkout.VERSION + "\n");
    }

    @Test
    void releaseHoldsTheLicenceAndItsPrograms() {
        assertThat(release.root().resolve("LICENSE")).content().contains("Apache License");
        assertThat(release.root().resolve("lib"))
                .isDirectoryContaining(
                        path -> path.toString().endsWith("pychat-server-ref-" + Checkout.VERSION + ".jar"));
    }

    @Test
    void pagesLeadNowhereOutOfTheRelease() throws IOException {
        try (Stream<Path> all = Files.walk(release.root())) {
            List<Path> pages =
                    all.filter(path -> path.toString().endsWith(".md")).toList();
            assertThat(pages).contains(release.root().resolve("README.md"));
            for (Path page : pages) {
                assertThat(LINK.matcher(Files.readString(page)).results())
                        .as("%s", page)
                        .allSatisfy(link ->
                                assertThat(page.resolveSibling(link.group(1))).exists());
            }
        }
    }

    @Test
    void readmeNamesTheRelease() {
        assertThat(release.root().resolve("README.md")).content().contains("examples/target/pychat-<version>.zip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pychat-server-ref", "pychat-client-ref", "examples"})
    void jarFindsEveryNeighbourThatItNames(String artifact) throws IOException {
        Path jar = release.root().resolve("lib").resolve(artifact + "-" + Checkout.VERSION + ".jar");
        try (JarFile opened = new JarFile(jar.toFile())) {
            String classPath = opened.getManifest().getMainAttributes().getValue("Class-Path");
            assertThat(List.of(classPath.split(" ")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(jar.resolveSibling(name)).isRegularFile());
        }
    }

    @Test
    void releaseWithoutItsJarsIsSaid() throws Exception {
        Path broken = Files.createDirectories(directory.resolve("broken"));
        Files.copy(release.root().resolve("pychat"), broken.resolve("pychat"));
        Sandbox.executable(broken.resolve("pychat"));
        Finished start = Command.of(broken.resolve("pychat").toString(), "server")
                .with("PATH", release.bin().toString())
                .with("JAVA_HOME", Checkout.property("pychat.test.java.home"))
                .run();
        assertThat(start.exit()).as("%s", start).isEqualTo(4);
        assertThat(start.err()).contains("unpack the release again").hasLineCount(1);
    }

    @Test
    void commandThatIsNoneIsAUsageError() throws Exception {
        Finished wrong = release.pychat("serve").run();
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("unknown command: serve", "usage:");
        assertThat(wrong.out()).isEmpty();
        assertThat(release.pychat().run().exit()).isEqualTo(2);
        Finished help = release.pychat("help").run();
        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("usage:", "server", "client", "demo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "version", "server --help", "client --help", "audit --help", "demo --help"})
    void whatCannotBeWrittenIsSaidAndEndsWithFour(String words) throws Exception {
        Finished lost = release.pychat(words.split(" "))
                .by("sh", "-c", "exec \"$@\" >/dev/full", "sh")
                .run();
        assertThat(lost.exit()).as("%s", lost).isEqualTo(4);
        assertThat(lost.err()).contains("the output could not be written").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"server", "client", "audit", "demo"})
    void everyProgramHelpsByTheShortOptionToo(String program) throws Exception {
        Finished help = release.pychat(program, "-h").run();
        assertThat(help.exit()).as("%s", help).isZero();
        assertThat(help.out()).containsIgnoringCase("usage: ").contains("pychat " + program, "Exit codes");
        assertThat(help.err()).isEmpty();
    }
}
