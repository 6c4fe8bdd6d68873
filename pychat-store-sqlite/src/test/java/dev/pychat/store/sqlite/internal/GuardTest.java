package dev.pychat.store.sqlite.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.store.directory.Durability;
import dev.pychat.store.directory.internal.DamagedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each moment at which the process may end while the log goes into the database, and what damage looks like at it. */
class GuardTest {

    private static final int PAGE = 4096;

    @TempDir
    Path directory;

    private Path database;
    private Path check;
    private Connection connection;
    private Guard guard;

    @BeforeEach
    void make() throws Exception {
        Path live = Files.createDirectories(directory.resolve("live"));
        database = live.resolve("pychat.db");
        check = Files.createDirectories(live.resolve("check"));
        connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        say("PRAGMA page_size = 4096");
        say("PRAGMA journal_mode = WAL");
        say("PRAGMA wal_autocheckpoint = 0");
        say("CREATE TABLE t (n INTEGER PRIMARY KEY, b BLOB)");
        say("PRAGMA wal_checkpoint(TRUNCATE)");
        Guard.begin(database, check, PAGE);
        guard = Guard.open(database, check, PAGE, Durability.DISK);
        for (int i = 0; i < 5; i++) {
            insert();
        }
    }

    @AfterEach
    void close() throws Exception {
        guard.close();
        connection.close();
    }

    @Test
    void endBehindACommitIsIntactAndItsLogMayNotBeLostOrCutOff() throws Exception {
        Image image = image();
        image.requireIntact();
        Files.delete(image.log());
        image.requireDamaged("pychat.db-wal");
        image = image();
        truncate(image.log(), Files.size(image.log()) - 1);
        image.requireDamaged("ends behind");
    }

    @Test
    void commitThatNobodyWasToldOfMayBeThereOrNot() throws Exception {
        Image before = image();
        say("INSERT INTO t (b) VALUES (randomblob(3000))");
        Image after = image();
        after.requireIntact();
        Files.copy(before.log(), after.log(), StandardCopyOption.REPLACE_EXISTING);
        after.requireIntact();
    }

    /** A power failure may leave it a second older than the log; from the next change on the whole log counts again. */
    @Test
    void markThatIsOlderThanTheLogComesUpToIt() throws Exception {
        byte[] old = Files.readAllBytes(check.resolve("mark"));
        for (int i = 0; i < 4; i++) {
            insert();
        }
        guard.close();
        Files.write(check.resolve("mark"), old);
        guard = Guard.open(database, check, PAGE, Durability.DISK);
        insert();
        Image image = image();
        image.requireIntact();
        truncate(image.log(), Files.size(image.log()) - 1);
        image.requireDamaged("ends behind");
    }

    @Test
    void endBehindThePreparationIsIntactWhateverThePagesOfTheLogAre() throws Exception {
        assertThat(guard.prepare()).isTrue();
        Image image = image();
        image.requireIntact();
        WalFile log = WalFile.read(image.log(), PAGE);
        assertThat(log.pages()).isNotEmpty();
        try (var file = new java.io.RandomAccessFile(image.database().toFile(), "rw")) {
            for (long page : log.pages().keySet()) {
                file.seek((page - 1) * PAGE);
                file.write(new byte[PAGE / 2]);
            }
            file.setLength(log.size() * PAGE);
        }
        image.requireIntact();
        Files.delete(image.log());
        image.requireDamaged("pychat.db");
    }

    /** A power failure may leave a part of the page with which the file grew. */
    @Test
    void databaseThatEndsInTheMiddleOfAPageIsIntactIfTheLogWasGoingIn() throws Exception {
        Image image = image();
        long end = WalFile.read(image.log(), PAGE).size() * PAGE - PAGE / 4;
        truncate(image.database(), end);
        image.requireDamaged("no whole pages");
        assertThat(guard.prepare()).isTrue();
        Image goingIn = image();
        truncate(goingIn.database(), end);
        goingIn.requireIntact();
    }

    @Test
    void endBehindTheLogsWayIntoTheDatabaseIsIntactAndTakenOver() throws Exception {
        assertThat(guard.prepare()).isTrue();
        say("PRAGMA wal_checkpoint(TRUNCATE)");
        Image image = image();
        image.requireIntact();
        assertThat(image.check().resolve("sums-next")).doesNotExist();
        image.requireIntact();
        flip(image.database(), Files.size(image.database()) - 10);
        image.requireDamaged("page ");
    }

    /** A power failure may leave any part of what was not synced. */
    @Test
    void sumsThatEndInTheMiddleOfOneAreTakenAnewIfTheyWereBeingChanged() throws Exception {
        Image image = image();
        truncate(image.check().resolve("sums"), Files.size(image.check().resolve("sums")) + 1);
        image.requireDamaged("sums is missing or cut off");
        guard.prepare();
        say("PRAGMA wal_checkpoint(TRUNCATE)");
        Image changing = image();
        truncate(changing.check().resolve("sums"), Files.size(changing.check().resolve("sums")) + 1);
        changing.requireIntact();
        changing.requireIntact();
    }

    @Test
    void databaseThatIsOlderThanItsSumsIsDamaged() throws Exception {
        Path old = Files.copy(database, directory.resolve("old"));
        guard.prepare();
        say("PRAGMA wal_checkpoint(TRUNCATE)");
        guard.settled();
        Image image = image();
        image.requireIntact();
        Files.copy(old, image.database(), StandardCopyOption.REPLACE_EXISTING);
        image.requireDamaged("pychat.db");
    }

    @Test
    void secondRoundAfterOneThatStoppedInTheMiddleIsIntact() throws Exception {
        guard.prepare();
        say("PRAGMA wal_checkpoint(PASSIVE)");
        insert();
        image().requireIntact();
        guard.prepare();
        say("PRAGMA wal_checkpoint(TRUNCATE)");
        image().requireIntact();
        guard.settled();
        insert();
        image().requireIntact();
    }

    @Test
    void logThatIsEmptyNeedsNoPreparation() throws Exception {
        guard.prepare();
        say("PRAGMA wal_checkpoint(TRUNCATE)");
        guard.settled();
        assertThat(guard.prepare()).isFalse();
        assertThat(guard.logBytes()).isZero();
    }

    /** A copy of all files, as a process leaves them that is killed. */
    private record Image(Path root) {
        Path database() {
            return root.resolve("pychat.db");
        }

        Path log() {
            return root.resolve("pychat.db-wal");
        }

        Path check() {
            return root.resolve("check");
        }

        void requireIntact() throws IOException {
            Guard.open(database(), check(), PAGE, Durability.DISK).close();
        }

        void requireDamaged(String what) {
            assertThatThrownBy(() -> Guard.open(database(), check(), PAGE, Durability.DISK))
                    .isInstanceOf(DamagedFileException.class)
                    .hasMessageContaining(what);
        }
    }

    private Image image() throws IOException {
        Path root = Files.createTempDirectory(directory, "image");
        Path live = directory.resolve("live");
        List<Path> paths;
        try (Stream<Path> all = Files.walk(live)) {
            paths = all.skip(1).toList();
        }
        for (Path path : paths) {
            Files.copy(path, root.resolve(live.relativize(path)));
        }
        return new Image(root);
    }

    private void insert() throws SQLException, IOException {
        say("INSERT INTO t (b) VALUES (randomblob(3000))");
        guard.committed();
    }

    private void say(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void truncate(Path file, long length) throws IOException {
        try (var opened = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            opened.setLength(length);
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (var opened = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            opened.seek(at);
            int old = opened.read();
            opened.seek(at);
            opened.write(old ^ 1);
        }
    }
}
