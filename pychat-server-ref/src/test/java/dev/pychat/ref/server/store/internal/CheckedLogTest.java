package dev.pychat.ref.server.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.store.directory.Durability;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import jetbrains.exodus.io.Block;
import jetbrains.exodus.io.RemoveBlockType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log without Xodus: what its recovery may do, and what a crash may leave. */
class CheckedLogTest {

    private static final int SIZE = 3 * PageSums.PAGE + 1234;

    @TempDir
    private Path directory;

    private final byte[] content = new byte[SIZE];
    private CheckedLog log;

    @BeforeEach
    void writeAndAcknowledge() throws IOException {
        new Random(7).nextBytes(content);
        log = CheckedLog.open(directory, directory, Durability.DISK);
        log.opened(0);
        log.writer().openOrCreateBlock(0, 0);
        log.writer().write(content, 0, 1000);
        log.writer().write(content, 1000, SIZE - 1000);
        log.writer().sync();
        log.acknowledge(SIZE);
    }

    @AfterEach
    void abandon() throws IOException {
        log.abandon();
    }

    @Test
    void whatWasWrittenIsReadFromAnyPlace() {
        for (int[] part :
                new int[][] {{0, SIZE}, {0, 1}, {5, PageSums.PAGE}, {PageSums.PAGE, PageSums.PAGE}, {SIZE - 9, 9}}) {
            byte[] read = new byte[part[1] + 2];
            assertThat(block().read(read, part[0], 1, part[1])).isEqualTo(part[1]);
            assertThat(read).startsWith(0).endsWith(0);
            assertThat(java.util.Arrays.copyOfRange(read, 1, part[1] + 1))
                    .isEqualTo(java.util.Arrays.copyOfRange(content, part[0], part[0] + part[1]));
        }
        assertThat(block().read(new byte[100], SIZE - 9, 0, 100)).isEqualTo(9);
        assertThat(block().read(new byte[100], SIZE, 0, 100)).isZero();
    }

    @Test
    void recoveryMayNotCutOffWhatWasAcknowledged() throws IOException {
        reopen();
        assertThatThrownBy(() -> log.writer().truncateBlock(0, SIZE - 1)).isInstanceOf(DamagedLogException.class);
        assertThatThrownBy(() -> log.writer().openOrCreateBlock(0, SIZE - 1)).isInstanceOf(DamagedLogException.class);
        assertThatThrownBy(() -> log.writer().removeBlock(0, RemoveBlockType.Delete))
                .isInstanceOf(DamagedLogException.class);
        assertThatThrownBy(() -> log.opened(SIZE)).isInstanceOf(DamagedLogException.class);
        assertThat(Files.readAllBytes(file())).endsWith(content).hasSize(LogHead.BYTES + SIZE);
    }

    @Test
    void logOfWhichNotAllThatWasAcknowledgedCanBeReadIsDamaged() throws IOException {
        reopen();
        assertThatThrownBy(() -> log.opened(SIZE - 1)).isInstanceOf(DamagedLogException.class);
    }

    @Test
    void whatWasNeverAcknowledgedMayBeCutOffAndWrittenAnew() throws IOException {
        log.writer().write(content, 0, 2 * PageSums.PAGE);
        log.writer().sync();
        reopen();
        log.writer().truncateBlock(0, SIZE);
        log.writer().openOrCreateBlock(0, SIZE);
        log.opened(SIZE);
        log.writer().write(content, 500, PageSums.PAGE);
        log.writer().sync();
        log.acknowledge(SIZE + PageSums.PAGE);
        reopen();
        byte[] read = new byte[PageSums.PAGE];
        assertThat(block().read(read, SIZE, 0, read.length)).isEqualTo(read.length);
        assertThat(read).isEqualTo(java.util.Arrays.copyOfRange(content, 500, 500 + PageSums.PAGE));
    }

    /** Each write has a seal, and none of the two is true: then the mark may be older than what was synced, as behind a cleaner's commit. */
    @Test
    void whatWasSyncedCountsThoughNoSealIsTrue() throws IOException {
        log.abandon();
        log = CheckedLog.open(directory, directory, Durability.OS);
        log.opened(SIZE);
        log.writer().openOrCreateBlock(0, SIZE);
        log.writer().write(content, 0, 5000);
        log.writer().sync();
        log.writer().write(content, 0, 3000);
        log.writer().write(content, 0, 3000);
        log.abandon();
        try (RandomAccessFile file = new RandomAccessFile(file().toFile(), "rw")) {
            file.seek(LogFiles.offset(SIZE + 5000));
            file.write(new byte[6000]);
        }
        log = CheckedLog.open(directory, directory, Durability.DISK);
        assertThat(block().length()).isEqualTo(SIZE + 5000);
    }

    /** Though nobody was told of it: the cleaner may have deleted what was in front. */
    @Test
    void behindAFailedSyncThereIsWhatWasSyncedBefore() throws IOException {
        log.writer().write(content, 0, 5000);
        log.writer().sync();
        log.writer().write(content, 0, 3000);
        long synced = log.synced();
        log.abandon();
        log = CheckedLog.openToRead(directory, directory, synced);
        assertThat(block().length()).isEqualTo(SIZE + 5000);
        byte[] mark = Files.readAllBytes(directory.resolve("mark"));
        log.acknowledge(SIZE + 5000);
        assertThat(directory.resolve("mark")).hasBinaryContent(mark);
        reopen();
        assertThat(block().length()).isEqualTo(SIZE + 5000);
    }

    @Test
    void nothingIsCalledAcknowledgedThatWasNotSynced() throws IOException {
        log.acknowledge(SIZE + 100);
        reopen();
        log.opened(SIZE);
        log.close();
        log = CheckedLog.open(directory, directory, Durability.DISK);
        log.opened(SIZE);
    }

    @Test
    void sumThatAPowerFailureTookIsTakenAnew() throws IOException {
        log.abandon();
        try (RandomAccessFile sums =
                new RandomAccessFile(directory.resolve("sums").toFile(), "rw")) {
            sums.setLength(8);
        }
        log = CheckedLog.open(directory, directory, Durability.DISK);
        byte[] read = new byte[SIZE];
        assertThat(block().read(read, 0, 0, SIZE)).isEqualTo(SIZE);
        assertThat(read).isEqualTo(content);
    }

    @Test
    void sumThatWasSettledAndIsMissingIsDamage() throws IOException {
        log.close();
        try (RandomAccessFile sums =
                new RandomAccessFile(directory.resolve("sums").toFile(), "rw")) {
            sums.setLength(8);
        }
        log = CheckedLog.open(directory, directory, Durability.DISK);
        assertThatThrownBy(() -> block().read(new byte[SIZE], 0, 0, SIZE)).isInstanceOf(DamagedLogException.class);
    }

    @Test
    void tornMarkLeavesTheOneBefore() throws IOException {
        log.acknowledge(SIZE);
        log.abandon();
        flip(directory.resolve("mark"), 20);
        log = CheckedLog.open(directory, directory, Durability.DISK);
        log.opened(SIZE);
        log.abandon();
        flip(directory.resolve("mark"), 84);
        assertThatThrownBy(() -> CheckedLog.open(directory, directory, Durability.DISK))
                .isInstanceOf(DamagedLogException.class);
    }

    @Test
    void interruptNeitherSkipsNorClosesAnything() throws IOException {
        Thread.currentThread().interrupt();
        log.writer().write(content, 0, 100);
        log.writer().sync();
        log.acknowledge(SIZE + 100);
        assertThat(block().read(new byte[100], SIZE, 0, 100)).isEqualTo(100);
        assertThat(Thread.interrupted()).isTrue();
        reopen();
        assertThatThrownBy(() -> log.opened(SIZE)).isInstanceOf(DamagedLogException.class);
    }

    private void reopen() throws IOException {
        log.abandon();
        log = CheckedLog.open(directory, directory, Durability.DISK);
    }

    private Block block() {
        return log.reader().getBlocks().iterator().next();
    }

    private Path file() {
        return directory.resolve("00000000000.xd");
    }

    private static void flip(Path path, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        bytes[at] ^= 1;
        Files.write(path, bytes);
    }
}
