package dev.pychat.endtoend.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Command;
import dev.pychat.endtoend.Finished;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherBuildsTest {
    @TempDir
    private Path directory;

    private Sandbox sandbox;

    @BeforeEach
    void checkout() throws Exception {
        sandbox = Sandbox.in(directory).withJava("17.0.1").withMaven();
    }

    @Test
    void firstStartBuildsWithoutNetworkTestsAndGatesAndTheNextDoesNot() throws Exception {
        Finished first = started();
        assertThat(first.err()).contains("building", "core");
        assertThat(first.out()).doesNotContain("Building", "[INFO]");
        assertThat(started().err()).isEmpty();
        assertThat(sandbox.mavenCalls()).singleElement().asString().contains("-o", "-Pquick", "-Dmaven.test.skip=true");
        assertThat(sandbox.checkout.resolve(".pychat/build.log")).content().contains("Building pychat core");
    }

    @Test
    void newerSourceBuildsAgain() throws Exception {
        started();
        touch(sandbox.source());
        started();
        assertThat(sandbox.mavenCalls()).hasSize(2);
    }

    @Test
    void newerPomBuildsAgain() throws Exception {
        started();
        touch(sandbox.checkout.resolve("pom.xml"));
        started();
        assertThat(sandbox.mavenCalls()).hasSize(2);
    }

    @Test
    void deletedSourceBuildsAgain() throws Exception {
        Path other = Files.writeString(sandbox.source().resolveSibling("Other.java"), "class Other {}");
        Files.setLastModifiedTime(other, FileTime.from(Instant.now().minusSeconds(3600)));
        Files.setLastModifiedTime(other.getParent(), FileTime.from(Instant.now().minusSeconds(3600)));
        started();
        Files.delete(other);
        touch(other.getParent());
        started();
        assertThat(sandbox.mavenCalls()).hasSize(2);
    }

    @Test
    void whatMavenLacksIsFetchedOnce() throws Exception {
        sandbox.tell("mvn.lacks");
        assertThat(started().err()).contains("fetching");
        assertThat(sandbox.mavenCalls()).hasSize(2);
        assertThat(sandbox.mavenCalls().get(1)).doesNotContain("-o ");
    }

    @Test
    void failedBuildSaysWhyAndStartsNothing() throws Exception {
        sandbox.tell("mvn.breaks");
        Finished start = sandbox.pychat("client").run();
        assertThat(start.exit()).as("%s", start).isEqualTo(1);
        assertThat(start.err()).contains("a planted error", ".pychat/build.log");
        assertThat(start.out()).isEmpty();
        assertThat(sandbox.mavenCalls()).hasSize(1);
        assertThat(sandbox.jarDirectories()).isEmpty();
    }

    @Test
    void failedBuildKeepsTheJarsThatWereThere() throws Exception {
        started();
        touch(sandbox.source());
        sandbox.tell("mvn.breaks");
        assertThat(sandbox.pychat("client").run().exit()).isEqualTo(1);
        assertThat(sandbox.jarDirectories()).hasSize(1);
        sandbox.untell("mvn.breaks");
        started();
    }

    @Test
    void missingMavenIsSaid() throws Exception {
        Files.delete(sandbox.bin.resolve("mvn"));
        Finished start = sandbox.pychat("client").run();
        assertThat(start.exit()).as("%s", start).isEqualTo(1);
        assertThat(start.err()).contains("Maven");
    }

    @Test
    void checkoutThatCannotBeWrittenIsSaid() throws Exception {
        Files.writeString(sandbox.checkout.resolve(".pychat"), "not a directory, whoever asks");
        Finished start = sandbox.pychat("client").run();
        assertThat(start.exit()).as("%s", start).isEqualTo(4);
        assertThat(start.err()).contains(".pychat is not writable").hasLineCount(1);
    }

    @Test
    void builtCheckoutThatCanOnlyBeReadStillStarts() throws Exception {
        started();
        Path users = sandbox.jarDirectories().get(0).resolve("users");
        try (Stream<Path> all = Files.list(users)) {
            for (Path user : all.toList()) {
                Files.delete(user);
            }
        }
        Files.delete(users);
        Files.writeString(users, "not a directory, whoever asks");
        assertThat(started().err()).isEmpty();
    }

    @Test
    void linkToTheLauncherIsFollowed() throws Exception {
        Files.createSymbolicLink(directory.resolve("far"), sandbox.launcher());
        Path near = Files.createSymbolicLink(directory.resolve("near"), Path.of("far"));
        Finished start = Command.of(near.toString(), "client")
                .with("PATH", sandbox.bin.toString())
                .run();
        assertThat(start.exit()).as("%s", start).isZero();
        assertThat(start.out()).contains(sandbox.checkout.toRealPath().toString());
    }

    private Finished started() throws Exception {
        Finished start = sandbox.pychat("client").run();
        assertThat(start.exit()).as("%s", start).isZero();
        return start;
    }

    private static void touch(Path path) throws Exception {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().plusMillis(10)));
    }
}
