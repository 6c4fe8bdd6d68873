package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.store.ServerStores;
import dev.pychat.store.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damage in the files is reported when the stores are opened or read. It is never served, and nothing is ever missing in
 * silence: of each damage that is not reported, the test reads that everything is there as it was; and damage to a file of
 * which the store says that each byte counts must be reported.
 */
public abstract class DamageContract {

    private static final int BLOCK = 4096;
    private static final int ROUNDS = 60;

    private final StoresOnDisk disk;
    private final Draw draw = Draw.announced(getClass());

    @TempDir
    private Path directory;

    private Path closed = Path.of("");
    private Path running = Path.of("");
    private Optional<Content> content = Optional.empty();

    /**
     * Names what is tried.
     *
     * @param disk how the stores are opened
     */
    protected DamageContract(StoresOnDisk disk) {
        this.disk = disk;
    }

    @BeforeEach
    final void fillStores() throws Exception {
        Path original = directory.resolve("original");
        closed = directory.resolve("closed");
        running = directory.resolve("running");
        try (ServerStores stores = disk.open(original)) {
            Content filled = Content.fill(stores, draw, 120);
            filled.requireEverything();
            content = Optional.of(filled);
            Trees.copy(original, running);
        }
        Trees.copy(original, closed);
    }

    @Test
    void guardedFilesAreAmongTheFiles() throws Exception {
        assertThat(files(closed)).anyMatch(file -> disk.isGuarded(closed.relativize(file)));
    }

    @Test
    void undamagedCopiesAreWhole() throws Exception {
        for (Path image : List.of(closed, running)) {
            Path copy = directory.resolve("copy");
            Trees.copy(image, copy);
            assertThat(isReported(copy)).isFalse();
            remove(copy);
        }
    }

    @Test
    void flippedBitIsReported() throws Exception {
        assertThat(reported((file, at) -> {
                    file.seek(at);
                    int old = file.read();
                    file.seek(at);
                    file.write(old ^ 1 << draw.below(8));
                }))
                .isPositive();
    }

    @Test
    void zeroedBlockIsReported() throws Exception {
        assertThat(reported((file, at) -> {
                    long start = at - at % BLOCK;
                    file.seek(start);
                    file.write(new byte[(int) Math.min(BLOCK, file.length() - start)]);
                }))
                .isPositive();
    }

    @Test
    void lostTailIsReported() throws Exception {
        assertThat(reported((file, at) -> file.setLength(at))).isPositive();
    }

    @Test
    void lostFileIsReported() throws Exception {
        for (Path image : List.of(closed, running)) {
            for (int i = 0; i < files(image).size(); i++) {
                Path copy = directory.resolve("copy");
                Trees.copy(image, copy);
                Path lost = files(copy).get(i);
                Files.delete(lost);
                requireIfGuarded(copy.relativize(lost), isReported(copy));
                remove(copy);
            }
        }
    }

    private interface Damage {
        void apply(RandomAccessFile file, long at) throws IOException;
    }

    /**
     * Damages copies of the files at many places and says in how many it was reported; in the others nothing was lost, and none of
     * them hit a guarded file.
     */
    private int reported(Damage damage) throws Exception {
        int reported = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Path copy = directory.resolve("copy");
            Path image = round % 2 == 0 ? closed : running;
            Trees.copy(image, copy);
            List<Path> files = files(copy);
            Path victim = round % 3 == 0 ? files.get(draw.below(files.size())) : largest(files);
            try (RandomAccessFile file = new RandomAccessFile(victim.toFile(), "rw")) {
                damage.apply(file, draw.below((int) Math.max(1, file.length())));
            }
            Path name = copy.relativize(victim);
            boolean changed = Files.mismatch(victim, image.resolve(name)) >= 0;
            boolean told = isReported(copy);
            if (changed) {
                requireIfGuarded(name, told);
            }
            reported += told ? 1 : 0;
            remove(copy);
        }
        return reported;
    }

    private void requireIfGuarded(Path file, boolean reported) {
        if (disk.isGuarded(file)) {
            assertThat(reported).as("damage to %s is reported", file).isTrue();
        }
    }

    private boolean isReported(Path data) throws Exception {
        ServerStores stores;
        try {
            stores = disk.open(data);
        } catch (dev.pychat.model.PychatException reported) {
            return true;
        }
        try {
            Content before = content.orElseThrow();
            assertThat(before.readAgain(stores))
                    .as("nothing was reported, so nothing may be lost or altered")
                    .isEqualTo(before);
            return false;
        } catch (StoreException reported) {
            return true;
        } finally {
            closeQuietly(stores);
        }
    }

    private static void closeQuietly(ServerStores stores) {
        try {
            stores.close();
        } catch (StoreException damaged) {
            assertThat(damaged).hasMessageNotContaining("null");
        }
    }

    private static Path largest(List<Path> files) throws IOException {
        Path largest = files.get(0);
        for (Path file : files) {
            largest = Files.size(file) > Files.size(largest) ? file : largest;
        }
        return largest;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void remove(Path directory) throws IOException {
        List<Path> paths;
        try (Stream<Path> all = Files.walk(directory)) {
            paths = new ArrayList<>(all.toList());
        }
        for (int i = paths.size() - 1; i >= 0; i--) {
            Files.delete(paths.get(i));
        }
    }
}
