package dev.pychat.endtoend.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.endtoend.Command.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherLockTest {
    @TempDir
    private Path directory;

    private Sandbox sandbox;

    @BeforeEach
    void checkout() throws Exception {
        sandbox = Sandbox.in(directory).withJava("17.0.1").withMaven();
    }

    @Test
    void secondStartWaitsForTheBuildOfTheFirst() throws Exception {
        sandbox.tell("mvn.hold");
        try (Running first = sandbox.pychat("client").start()) {
            Await.until(() -> !sandbox.mavenCalls().isEmpty());
            try (Running second = sandbox.pychat("client").start()) {
                Await.until(() -> second.errSoFar()
                        .contains("waiting for process " + first.process().pid()));
                sandbox.untell("mvn.hold");
                assertThat(first.end().exit()).isZero();
                assertThat(second.end().exit()).isZero();
            }
        }
        assertThat(sandbox.mavenCalls()).hasSize(1);
        assertThat(sandbox.jarDirectories()).hasSize(1);
        assertThat(sandbox.checkout.resolve(".pychat/lock")).doesNotExist();
    }

    @Test
    void lockOfADeadProcessHoldsNobodyUp() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path lock = Files.createDirectories(sandbox.checkout.resolve(".pychat")).resolve("lock");
        Files.writeString(lock, dead.pid() + "\n");
        assertThat(sandbox.pychat("client").run().exit()).isZero();
        assertThat(lock).doesNotExist();
    }

    @Test
    void stoppedBuildLeavesNoLock() throws Exception {
        sandbox.tell("mvn.hold");
        try (Running start = sandbox.pychat("client").start()) {
            Await.until(() -> !sandbox.mavenCalls().isEmpty());
            start.process().destroy();
            sandbox.untell("mvn.hold");
            assertThat(start.end().exit()).isEqualTo(143);
        }
        assertThat(sandbox.checkout.resolve(".pychat/lock")).doesNotExist();
        assertThat(sandbox.pychat("client").run().exit()).isZero();
    }

    @Test
    void runningProgramKeepsItsJarsUntilItEnds() throws Exception {
        sandbox.tell("hold");
        try (Running program = sandbox.pychat("client", "--hold").start()) {
            Await.until(() -> Files.exists(sandbox.bin.resolve("java.started")));
            Path used = sandbox.jarDirectories().get(0);
            rebuild();
            assertThat(sandbox.jarDirectories()).hasSize(2).contains(used);
            sandbox.untell("hold");
            assertThat(program.end().exit()).isZero();
            rebuild();
            assertThat(sandbox.jarDirectories()).hasSize(1).doesNotContain(used);
        }
    }

    private void rebuild() throws Exception {
        Files.setLastModifiedTime(sandbox.source(), FileTime.from(Instant.now().plusMillis(10)));
        assertThat(sandbox.pychat("client").run().exit()).isZero();
    }
}
