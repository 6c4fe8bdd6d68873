package dev.pychat.endtoend.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Command;
import dev.pychat.endtoend.Finished;
import dev.pychat.endtoend.Trees;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of the classes that a start of the server loads: it is there soon, it is used, and nothing depends on it. */
class LauncherArchiveTest {
    @TempDir
    private static Path directory;

    private static Release release;

    /** Where an archive is beside the jars; tests that need another file there, or none, put it away meanwhile. */
    private static Path beside;

    private static Path away;

    private Path home;

    @BeforeAll
    static void unpack() throws IOException {
        release = Release.unpackedIn(directory);
        Sandbox.addArchiveTools(release.bin());
        beside = release.root().resolve(".pychat");
        away = directory.resolve("away");
    }

    @BeforeEach
    void makeHome() throws IOException {
        home = Files.createTempDirectory(directory, "home");
    }

    /** Whoever makes one leaves a file with its number until then; the next test begins after that. */
    @AfterEach
    void awaitWhoMakesOne() throws Exception {
        Await.until(() -> unfinished(beside).isEmpty() && unfinished(cache()).isEmpty());
        if (Files.exists(away)) {
            Files.deleteIfExists(beside);
            Files.move(away, beside);
        }
    }

    @Test
    void firstStartMakesItForTheNextAndSaysNothing() throws Exception {
        Trees.delete(beside);
        quiet(start());
        Path archive = awaitArchive(beside);
        assertThat(archive.getFileName().toString()).startsWith("pychat-server-ref-");
        assertThat(classesFromArchive()).isNotEmpty();
        assertThat(archives(beside)).containsExactly(archive);
    }

    @Test
    void itIsMadeAnewForJarsThatAreNewer() throws Exception {
        Path first = onlyArchive();
        try (Stream<Path> jars = Files.list(release.root().resolve("lib"))) {
            Path jar = jars.filter(path -> path.toString().contains("gson"))
                    .findFirst()
                    .orElseThrow();
            Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(1)));
        }
        Thread.sleep(1_100); // the new one is not to be as old as the jar
        quiet(start());
        Await.until(() -> archives(beside).stream().anyMatch(archive -> !archive.equals(first)));
        Files.deleteIfExists(first);
        assertThat(classesFromArchive()).isNotEmpty();
    }

    @Test
    void damagedOneIsRemovedAndTheStartIsAsGoodAsAny() throws Exception {
        Path archive = onlyArchive();
        assertThat(archive.toFile().setWritable(true)).isTrue();
        try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        quiet(start());
        assertThat(awaitArchive(beside)).isNotEqualTo(archive);
        assertThat(archive).doesNotExist();
        byte[] other = Files.readAllBytes(awaitArchive(beside));
        other[other.length / 2] ^= 1;
        Path changed = awaitArchive(beside);
        assertThat(changed.toFile().setWritable(true)).isTrue();
        Files.write(changed, other);
        quiet(start());
    }

    @Test
    void whereNothingCanBeWrittenBesideTheJarsItIsInTheUsersCache() throws Exception {
        putAway();
        Files.writeString(beside, "not a directory, whoever asks");
        quiet(start());
        awaitArchive(cache());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache())))
                .isEqualTo("rwx------");
        assertThat(classesFromArchive()).isNotEmpty();
    }

    @Test
    void whereNothingCanBeWrittenAtAllTheServerStarts() throws Exception {
        putAway();
        Files.writeString(beside, "not a directory, whoever asks");
        Files.delete(home);
        Files.writeString(home, "no directory either");
        quiet(start());
        quiet(release.pychat("server", "--version"));
    }

    @Test
    void switchedOffThereIsNone() throws Exception {
        putAway();
        quiet(start().with("LAUNCHER_CLASS_ARCHIVE", "off"));
        assertThat(beside).doesNotExist();
    }

    @Test
    void startsAtOnceDoNotMeet() throws Exception {
        Trees.delete(beside);
        try (Command.Running one = start().start();
                Command.Running other = start().start()) {
            assertThat(one.end().exit()).isZero();
            assertThat(other.end().exit()).isZero();
        }
        awaitArchive(beside);
        Await.until(() -> unfinished(beside).isEmpty());
        assertThat(archives(beside)).hasSizeBetween(1, 2);
        quiet(start());
    }

    private static void putAway() throws IOException {
        Files.move(Files.createDirectories(beside), away);
    }

    /** One that was made before, by another test or now, and no other beside it. */
    private Path onlyArchive() throws Exception {
        List<Path> made = archives(beside);
        if (made.isEmpty()) {
            quiet(start());
            return awaitArchive(beside);
        }
        for (Path other : made.subList(1, made.size())) {
            Files.delete(other);
        }
        return made.get(0);
    }

    private Command start() {
        return release.pychat("server", "--version")
                .with("HOME", home.toString())
                .with("LAUNCHER_CLASS_ARCHIVE", "on");
    }

    private static void quiet(Command start) throws Exception {
        Finished ended = start.run();
        assertThat(ended.exit()).as("%s", ended).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).startsWith("pychat server ").hasLineCount(1);
    }

    /** What Java says of the classes that it took from an archive above its own: where a path has a space, as here, 17 leaves out ours. */
    private List<String> classesFromArchive() throws Exception {
        Path log = directory.resolve("classes.txt");
        Finished ended = start().with("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=\"" + log + "\"")
                .run();
        assertThat(ended.exit()).as("%s", ended).isZero();
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains("shared objects file (top)"))
                .toList();
    }

    private Path cache() {
        return home.resolve(".cache").resolve("pychat");
    }

    private static Path awaitArchive(Path place) throws Exception {
        Await.until(() -> !archives(place).isEmpty());
        return archives(place).get(0);
    }

    private static List<Path> archives(Path place) throws IOException {
        return files(place, true);
    }

    private static List<Path> unfinished(Path place) throws IOException {
        return files(place, false);
    }

    private static List<Path> files(Path place, boolean finished) throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(place)) {
            return all.filter(path -> path.toString().endsWith(".jsa") == finished)
                    .toList();
        }
    }
}
