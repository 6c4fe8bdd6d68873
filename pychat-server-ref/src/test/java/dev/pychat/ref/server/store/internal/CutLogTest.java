package dev.pychat.ref.server.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.store.directory.Durability;
import dev.pychat.testkit.power.PowerJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import jetbrains.exodus.io.Block;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The power fails once more, behind an opening that took a commit back: what was removed does not come back in the way of what is there. */
class CutLogTest {

    private static final int LUCKY = 10;

    @TempDir
    private Path directory;

    @Test
    void fileThatWasRemovedStaysAwayWhenTheOneBeforeIsCut() throws Exception {
        PowerJournal journal = PowerJournal.of(directory, Files.createDirectory(directory.resolve("root")));
        run(journal);
        journal.disk(journal.length()).write(directory.resolve("left"));
        requireAcknowledged(directory.resolve("left"));
        for (int i = 0; i < LUCKY; i++) {
            Path more = directory.resolve("more" + i);
            journal.disk(journal.length()).writeWith(more, new Random(i));
            requireAcknowledged(more);
        }
    }

    private void run(PowerJournal journal) throws Exception {
        String home = System.getProperty("pychat.test.java.home", System.getProperty("java.home"));
        Path said = directory.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(home, "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        CutAcrossFiles.class.getName(),
                        journal.root().toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().putAll(journal.environment());
        assertThat(builder.start().waitFor()).as(Files.readString(said)).isZero();
    }

    private static void requireAcknowledged(Path left) throws Exception {
        CheckedLog log = CheckedLog.open(CutAcrossFiles.log(left), CutAcrossFiles.check(left), Durability.DISK);
        try {
            log.opened(CutAcrossFiles.ACKNOWLEDGED);
            assertThat(log.reader().getBlocks()).extracting(Block::length).containsExactly((long)
                    CutAcrossFiles.ACKNOWLEDGED);
        } finally {
            log.abandon();
        }
    }
}
