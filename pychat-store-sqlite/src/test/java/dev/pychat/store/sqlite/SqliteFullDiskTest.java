package dev.pychat.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import dev.pychat.store.StoreException;
import dev.pychat.store.directory.internal.DataDirectory;
import dev.pychat.store.internal.tree.Database;
import dev.pychat.store.internal.tree.TreeName;
import dev.pychat.testkit.store.FileLimit;
import dev.pychat.testkit.store.FullDiskContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores on SQLite on a full disk, and a log that finds no room in the database. */
class SqliteFullDiskTest extends FullDiskContract {

    private static final SecureRandom RANDOM = new SecureRandom();
    private final Map<Bytes, Bytes> kept = new LinkedHashMap<>();

    @TempDir
    private Path directory;

    private DataDirectory data;
    private Database database;

    SqliteFullDiskTest() {
        super(new SqliteOnDisk(), "store/db");
    }

    @Test
    void logThatFindsNoRoomInTheDatabaseStaysUntilThereIs() throws Exception {
        data = new DataDirectory(directory, SqliteServerStores.LAYOUT);
        data.begin();
        database = SqliteEngine.open(data.beginning(), 40_000);
        Path file = data.beginning().resolve(SqliteEngine.DB).resolve("pychat.db");
        long size = Files.size(file);
        FileLimit.set(size);
        try {
            assertThatThrownBy(() -> {
                        while (true) {
                            keep(5_000);
                        }
                    })
                    .isInstanceOf(StoreException.class);
            assertThat(data.beginning().resolve(SqliteEngine.CHECK).resolve("sums-next"))
                    .as("the log was on its way into the database")
                    .exists();
            requireKept();
        } finally {
            FileLimit.end();
        }
        requireKeptInACopy();
        keep(5_000);
        requireKept();
        assertThat(database.close(Duration.ofSeconds(20))).isTrue();
        database = SqliteEngine.open(data.beginning(), SqliteEngine.LOG_BYTES);
        requireKept();
        assertThat(database.close(Duration.ofSeconds(20))).isTrue();
        assertThat(Files.size(file)).isGreaterThan(size);
    }

    /** As if the process had been killed now. */
    private void requireKeptInACopy() throws Exception {
        Path copy = directory.resolve("copy");
        try (Stream<Path> all = Files.walk(data.beginning())) {
            for (Path path : all.toList()) {
                Files.copy(path, copy.resolve(data.beginning().relativize(path)));
            }
        }
        Database live = database;
        database = SqliteEngine.open(copy, SqliteEngine.LOG_BYTES);
        requireKept();
        assertThat(database.close(Duration.ofSeconds(20))).isTrue();
        database = live;
    }

    private void keep(int size) throws StoreException {
        Bytes key = Bytes.random(RANDOM, 8);
        Bytes value = Bytes.random(RANDOM, size);
        put(key, value);
        kept.put(key, value);
    }

    private void put(Bytes key, Bytes value) throws StoreException {
        database.change(trees -> trees.tree(TreeName.BUNDLES).put(key, value));
    }

    private void requireKept() throws StoreException {
        for (Map.Entry<Bytes, Bytes> each : kept.entrySet()) {
            Optional<Bytes> found =
                    database.read(trees -> trees.tree(TreeName.BUNDLES).get(each.getKey()));
            assertThat(found).contains(each.getValue());
        }
    }
}
