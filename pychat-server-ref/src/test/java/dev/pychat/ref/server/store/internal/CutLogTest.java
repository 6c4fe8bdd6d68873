package dev.pychat.ref.server.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.store.directory.Durability;
import dev.pychat.testkit.power.JournalEntry;
import dev.pychat.testkit.power.PowerJournal;
import dev.pychat.testkit.power.PowerlessDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wherever the power fails while a commit in two files is written and an opening takes it back, what was acknowledged is there. */
class CutLogTest {

    private static final int LUCKY = 3;

    @TempDir
    private Path directory;

    @Test
    void whatWasAcknowledgedIsThereAtEachMoment() throws Exception {
        PowerJournal journal = PowerJournal.of(directory, Files.createDirectory(directory.resolve("root")));
        run(journal);
        byte[] acknowledged = new byte[CutAcrossFiles.ACKNOWLEDGED];
        new Random(CutAcrossFiles.SEED).nextBytes(acknowledged);
        PowerlessDisk left = new PowerlessDisk();
        boolean said = false;
        boolean wasWritten = false;
        int moments = 0;
        for (JournalEntry entry : journal.entries()) {
            boolean isWritten = entry.type() == 'W';
            // In front of whatever is no write, and behind it.
            if (said && !(isWritten && wasWritten)) {
                Path image = directory.resolve("left" + moments++);
                left.write(image);
                requireAcknowledged(image, acknowledged);
                for (int luck = 0; luck < LUCKY; luck++) {
                    Path more = directory.resolve("more" + moments + "-" + luck);
                    left.writeWith(more, new Random(luck));
                    requireAcknowledged(more, acknowledged);
                }
            }
            left.take(entry);
            said |= entry.isSaid();
            wasWritten = isWritten;
        }
        left.write(directory.resolve("end"));
        requireAcknowledged(directory.resolve("end"), acknowledged);
        assertThat(moments).isGreaterThan(20);
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

    private static void requireAcknowledged(Path left, byte[] acknowledged) throws Exception {
        CheckedLog log = CheckedLog.open(CutAcrossFiles.log(left), CutAcrossFiles.check(left), Durability.DISK);
        try {
            byte[] first = new byte[acknowledged.length];
            assertThat(log.reader().getBlocks().iterator().next().read(first, 0, 0, first.length))
                    .isEqualTo(first.length);
            assertThat(first).isEqualTo(acknowledged);
        } finally {
            log.abandon();
        }
    }
}
