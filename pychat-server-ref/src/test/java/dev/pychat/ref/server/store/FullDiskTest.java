package dev.pychat.ref.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.pychat.model.Bytes;
import dev.pychat.store.StoreException;
import dev.pychat.store.directory.internal.DataDirectory;
import dev.pychat.store.internal.tree.Database;
import dev.pychat.store.internal.tree.TreeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that has room for a part of a write only, as a limit on the size of files makes it, and has room again later. */
class FullDiskTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int[] SIZES = {200, 10_000, 40_000};
    private static final int[] FREE = {0, 1, 100, 9_000, 16_384, 30_000};

    @TempDir
    Path directory;

    private final Map<Bytes, Bytes> kept = new LinkedHashMap<>();
    private DataDirectory data;
    private Database database;

    @BeforeEach
    void open() throws Exception {
        requireLimits();
        data = new DataDirectory(directory, XodusServerStores.LAYOUT);
        data.begin();
        database = XodusEngine.open(data.beginning(), 8 << 20);
        for (int i = 0; i < 20; i++) {
            keep(5_000);
        }
    }

    @AfterEach
    void close() throws Exception {
        if (database != null) {
            assertThat(database.close(Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    void storeReadsOnWhileTheDiskIsFullAndWritesAgainWhenThereIsRoom() throws Exception {
        for (int size : SIZES) {
            for (int free : FREE) {
                if (free < size) {
                    failToWrite(size, free);
                    requireKept();
                    keep(size);
                    requireKept();
                }
            }
        }
        assertThat(database.close(Duration.ofSeconds(20))).isTrue();
        database = XodusEngine.open(data.beginning(), 8 << 20);
        requireKept();
    }

    @Test
    void storeThatIsClosedAfterAFailedWriteOpensAgain() throws Exception {
        failToWrite(40_000, 20_000);
        assertThat(database.close(Duration.ofSeconds(20))).isTrue();
        database = XodusEngine.open(data.beginning(), 8 << 20);
        requireKept();
        keep(40_000);
    }

    private void failToWrite(int size, int free) throws Exception {
        limitFiles(Long.toString(logEnd() + free));
        try {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> put(Bytes.random(RANDOM, 8), Bytes.random(RANDOM, size)))
                        .as("%s bytes where %s are free", size, free)
                        .isInstanceOf(StoreException.class);
                requireKept();
            }
        } finally {
            limitFiles("unlimited");
        }
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

    private long logEnd() throws IOException {
        try (Stream<Path> files = Files.list(data.beginning().resolve(OpenLog.LOG))) {
            return Files.size(files.sorted().reduce((one, next) -> next).orElseThrow());
        }
    }

    /** The soft limit of this JVM, which turns what signal there would be into a failure of the write. */
    private static void limitFiles(String bytes) throws Exception {
        Process limited = new ProcessBuilder(
                        "prlimit",
                        "--pid",
                        Long.toString(ProcessHandle.current().pid()),
                        "--fsize=" + bytes + ":")
                .start();
        assertThat(limited.waitFor()).isZero();
    }

    private static void requireLimits() {
        boolean found =
                Stream.of(System.getenv("PATH").split(":")).anyMatch(at -> Files.isExecutable(Path.of(at, "prlimit")));
        if (!found) {
            String what = "this test needs prlimit: apt-get install util-linux";
            if ("true".equals(System.getenv("CI"))) {
                fail(what);
            }
            abort(what);
        }
    }
}
