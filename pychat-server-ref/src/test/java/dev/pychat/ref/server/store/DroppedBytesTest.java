package dev.pychat.ref.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.store.StoreException;
import dev.pychat.store.directory.Durability;
import dev.pychat.store.directory.internal.DataDirectory;
import dev.pychat.store.internal.tree.Database;
import dev.pychat.store.internal.tree.TreeName;
import dev.pychat.testkit.store.Draw;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import jetbrains.exodus.env.EnvironmentConfig;
import jetbrains.exodus.env.EnvironmentImpl;
import jetbrains.exodus.env.Environments;
import jetbrains.exodus.log.LogConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Xodus as the store has it asks for a sync before it says that something is kept: what it had not synced is dropped, and nothing misses. */
class DroppedBytesTest {

    private static final long CACHE = 8 << 20;

    @TempDir
    Path directory;

    private final Draw draw = Draw.announced(getClass());
    private final Map<Bytes, Bytes> kept = new LinkedHashMap<>();
    private Path store;

    @BeforeEach
    void begin() throws Exception {
        DataDirectory data = new DataDirectory(directory, XodusServerStores.LAYOUT);
        data.begin();
        store = data.beginning();
    }

    /** Far enough for the log to have two files. */
    @Test
    void nothingKeptIsLost() throws Exception {
        OpenLog open = open(Durability.DISK);
        Database database = new Database(new XodusEngine(store, CACHE, open));
        for (long bytes = 0; bytes < 12 << 20; ) {
            bytes += keep(database, 1 + draw.below(100_000));
        }
        losePower(open);
        assertThat(lost()).isZero();
    }

    /** The control. What is left opens, and is whole. */
    @Test
    void withoutSyncsSomethingIsLost() throws Exception {
        OpenLog open = open(Durability.OS);
        Database database = new Database(new XodusEngine(store, CACHE, open));
        do {
            keep(database, 1_000);
        } while (UnsyncedAside.at(store).writer().unsynced() == 0);
        losePower(open);
        assertThat(lost()).isPositive();
    }

    private OpenLog open(Durability durability) throws Exception {
        EnvironmentConfig config = XodusEnvironment.config(CACHE, durability)
                .setLogDataReaderWriterProvider(UnsyncedAside.class.getCanonicalName());
        EnvironmentImpl environment =
                (EnvironmentImpl) Environments.newInstance(new LogConfig().setLocation(store.toString()), config);
        return OpenLog.over(UnsyncedAside.at(store).log(), environment, durability);
    }

    private void losePower(OpenLog open) throws Exception {
        UnsyncedAside.at(store).writer().losePower();
        open.abandon();
    }

    private int keep(Database database, int size) throws StoreException {
        Bytes key = draw.bytes(8);
        Bytes value = draw.bytes(size);
        database.change(trees -> trees.tree(TreeName.BUNDLES).put(key, value));
        kept.put(key, value);
        return size;
    }

    private long lost() throws Exception {
        Database left = XodusEngine.open(store, CACHE);
        long lost = 0;
        for (Map.Entry<Bytes, Bytes> each : kept.entrySet()) {
            boolean there = left.read(trees -> trees.tree(TreeName.BUNDLES).get(each.getKey()))
                    .filter(each.getValue()::equals)
                    .isPresent();
            lost += there ? 0 : 1;
        }
        assertThat(left.close(Duration.ofSeconds(20))).isTrue();
        return lost;
    }
}
