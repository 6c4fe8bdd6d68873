package dev.pychat.endtoend.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Checkout;
import dev.pychat.endtoend.Command;
import dev.pychat.endtoend.Finished;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
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

    private static Path release;
    private static Sandbox system;

    @BeforeAll
    static void unpack() throws IOException {
        system = Sandbox.in(Files.createDirectories(directory.resolve("system")));
        release = directory.resolve("my programs").resolve("pychat-" + Checkout.VERSION);
        Path zip = Checkout.output("examples").resolve("pychat-" + Checkout.VERSION + ".zip");
        try (FileSystem packed = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true))) {
            Path top = packed.getPath("/");
            try (Stream<Path> all = Files.walk(top)) {
                for (Path path : all.toList()) {
                    unpack(
                            path,
                            directory
                                    .resolve("my programs")
                                    .resolve(top.relativize(path).toString()));
                }
            }
        }
    }

    @Test
    void launcherMayBeRunAndSaysItsVersion() throws Exception {
        Finished version = pychat("version").run();
        assertThat(version.exit()).as("%s", version).isZero();
        assertThat(version.out()).isEqualTo("pychat " + Checkout.VERSION + "\n");
    }

    @Test
    void releaseHoldsTheLicenceAndItsPrograms() {
        assertThat(release.resolve("LICENSE")).content().contains("Apache License");
        assertThat(release.resolve("lib"))
                .isDirectoryContaining(
                        path -> path.toString().endsWith("pychat-server-ref-" + Checkout.VERSION + ".jar"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pychat-server-ref", "pychat-client-ref", "examples"})
    void jarFindsEveryNeighbourThatItNames(String artifact) throws IOException {
        Path jar = release.resolve("lib").resolve(artifact + "-" + Checkout.VERSION + ".jar");
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
        Files.copy(release.resolve("pychat"), broken.resolve("pychat"));
        Sandbox.executable(broken.resolve("pychat"));
        Finished start = Command.of(broken.resolve("pychat").toString(), "server")
                .with("PATH", system.bin.toString())
                .with("JAVA_HOME", Checkout.property("pychat.test.java.home"))
                .run();
        assertThat(start.exit()).as("%s", start).isEqualTo(4);
        assertThat(start.err()).contains("unpack the release again").hasLineCount(1);
    }

    @Test
    void commandThatIsNoneIsAUsageError() throws Exception {
        Finished wrong = pychat("serve").run();
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("unknown command: serve", "usage:");
        assertThat(wrong.out()).isEmpty();
        assertThat(pychat().run().exit()).isEqualTo(2);
        Finished help = pychat("help").run();
        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("usage:", "server", "client", "demo");
    }

    static Command pychat(String... arguments) {
        String[] words = Stream.concat(Stream.of(release.resolve("pychat").toString()), Stream.of(arguments))
                .toArray(String[]::new);
        return Command.of(words)
                .in(directory)
                .with("PATH", system.bin.toString())
                .with("JAVA_HOME", Checkout.property("pychat.test.java.home"));
    }

    private static void unpack(Path from, Path to) throws IOException {
        if (Files.isDirectory(from)) {
            Files.createDirectories(to);
        } else {
            Files.copy(from, to);
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
        }
    }
}
