package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.EpochName;
import dev.pychat.store.ServerStores;
import dev.pychat.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores on a disk that has room for a part of a write only, and has room again later. Confined to the thread that runs the test. */
public abstract class FullDiskContract {

    private static final int[] SIZES = {200, 10_000, 40_000};
    private static final int[] FREE = {0, 1, 100, 9_000, 16_384, 30_000};

    private final StoresOnDisk disk;
    private final String growing;
    private final Draw draw = Draw.announced(getClass());
    private final ConversationId conversation = draw.conversation();
    private final Map<EpochName, Bytes> kept = new LinkedHashMap<>();

    @TempDir
    private Path directory;

    private ServerStores stores;

    /**
     * Names what is tried.
     *
     * @param disk how the stores are opened
     * @param growing the directory in theirs whose last file grows with each change
     */
    @SuppressWarnings("NullAway.Init") // opened before each test
    protected FullDiskContract(StoresOnDisk disk, String growing) {
        this.disk = disk;
        this.growing = growing;
    }

    @BeforeEach
    final void open() throws Exception {
        FileLimit.require();
        openAnew();
        for (int i = 0; i < 20; i++) {
            keep(5_000);
        }
    }

    @AfterEach
    final void close() throws Exception {
        if (stores != null) {
            stores.close();
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
        stores.close();
        openAnew();
        requireKept();
    }

    @Test
    void storeThatIsClosedAfterAFailedWriteOpensAgain() throws Exception {
        failToWrite(40_000, 20_000);
        stores.close();
        openAnew();
        requireKept();
        keep(40_000);
    }

    private void failToWrite(int size, int free) throws Exception {
        FileLimit.set(end() + free);
        try {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> stores.keys().putEpoch(conversation, draw.epoch(), draw.bytes(size)))
                        .as("%s bytes where %s are free", size, free)
                        .isInstanceOf(StoreException.class);
                requireKept();
            }
        } finally {
            FileLimit.end();
        }
    }

    private void keep(int size) throws StoreException {
        EpochName name = draw.epoch();
        Bytes header = draw.bytes(size);
        stores.keys().putEpoch(conversation, name, header);
        kept.put(name, header);
    }

    private void requireKept() throws StoreException {
        for (Map.Entry<EpochName, Bytes> each : kept.entrySet()) {
            assertThat(stores.keys().epochs(conversation, Set.of(each.getKey())))
                    .isEqualTo(Map.of(each.getKey(), each.getValue()));
        }
    }

    private long end() throws IOException {
        try (Stream<Path> files = Files.list(data().resolve(growing))) {
            return Files.size(files.sorted().reduce((one, next) -> next).orElseThrow());
        }
    }

    private void openAnew() throws Exception {
        stores = disk.open(data());
    }

    private Path data() {
        return directory.resolve("data");
    }
}
