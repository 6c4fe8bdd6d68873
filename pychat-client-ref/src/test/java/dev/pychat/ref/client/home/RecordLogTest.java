package dev.pychat.ref.client.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import dev.pychat.ref.client.home.HomeException.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordLogTest {
    private static final List<Bytes> THREE = List.of(record("one"), Bytes.EMPTY, record("three".repeat(1000)));

    @TempDir
    Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("some.log");
    }

    @Test
    void recordsComeBackInOrderAndByTheirPlaces() throws IOException {
        List<Long> places = write(THREE);
        assertThat(replayed()).isEqualTo(THREE);
        try (RecordLog log = RecordLog.open(path, 'x', (content, at) -> {})) {
            for (int i = 0; i < THREE.size(); i++) {
                assertThat(log.read(places.get(i))).isEqualTo(THREE.get(i));
            }
        }
    }

    @Test
    void fileIsItsOwnersOnly() throws IOException {
        write(THREE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void recordThatACrashCutIsDroppedWhereverItWasCut() throws IOException {
        write(THREE);
        byte[] whole = Files.readAllBytes(path);
        int complete = whole.length - 5000 - 12;
        for (int cut = complete; cut < whole.length; cut += cut < complete + 20 ? 1 : 101) {
            Files.write(path, Arrays.copyOf(whole, cut));
            assertThat(replayed()).as("cut at %d", cut).isEqualTo(THREE.subList(0, 2));
            assertThat(Files.size(path)).isEqualTo(complete);
        }
    }

    @Test
    void zerosThatAPowerLossLeftAreCut() throws IOException {
        write(THREE);
        long size = Files.size(path);
        Files.write(path, new byte[700], StandardOpenOption.APPEND);
        assertThat(replayed()).isEqualTo(THREE);
        assertThat(Files.size(path)).isEqualTo(size);
    }

    @Test
    void flippedBitIsReportedAndTheFileLeftAsItIs() throws IOException {
        write(List.of(record("one"), record("two")));
        byte[] whole = Files.readAllBytes(path);
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x10;
            Files.write(path, changed);
            Problem expected = at == FileHeader.SIZE - 1 ? Problem.UNKNOWN_FORMAT : Problem.DAMAGED;
            assertThatThrownBy(this::replayed)
                    .as("bit flipped in byte %d", at)
                    .isInstanceOfSatisfying(
                            HomeException.class, e -> assertThat(e.problem()).isEqualTo(expected))
                    .hasMessageContaining(path.toString());
            assertThat(Files.readAllBytes(path)).isEqualTo(changed);
        }
    }

    @Test
    void damageBehindTheIndexIsFoundWhenTheRecordIsRead() throws IOException {
        try (RecordLog log = RecordLog.open(path, 'x', (content, at) -> {})) {
            long at = log.append(record("one"));
            byte[] whole = Files.readAllBytes(path);
            whole[whole.length - 5] ^= 1;
            Files.write(path, whole);
            assertThatThrownBy(() -> log.read(at)).isInstanceOf(HomeException.class);
        }
    }

    @Test
    void compactionKeepsWhatIsWrittenAndGoesOnBehindIt() throws IOException {
        write(THREE);
        try (RecordLog log = RecordLog.open(path, 'x', (content, at) -> {})) {
            long[] place = new long[1];
            log.compact(writer -> place[0] = writer.append(record("kept")));
            assertThat(log.read(place[0])).isEqualTo(record("kept"));
            long next = log.append(record("next"));
            assertThat(log.read(next)).isEqualTo(record("next"));
        }
        assertThat(replayed()).containsExactly(record("kept"), record("next"));
    }

    @Test
    void interruptedCallerHarmsNobody() throws IOException {
        try (RecordLog log = RecordLog.open(path, 'x', (content, at) -> {})) {
            Thread.currentThread().interrupt();
            log.append(record("one"));
            log.compact(writer -> writer.append(record("two")));
            log.append(record("three"));
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(replayed()).containsExactly(record("two"), record("three"));
    }

    @Test
    void closedLogTakesNothing() throws IOException {
        RecordLog log = RecordLog.open(path, 'x', (content, at) -> {});
        log.close();
        assertThatThrownBy(() -> log.append(Bytes.EMPTY)).isInstanceOf(IOException.class);
    }

    private List<Long> write(List<Bytes> records) throws IOException {
        List<Long> places = new ArrayList<>();
        try (RecordLog log = RecordLog.open(path, 'x', (content, at) -> {})) {
            for (Bytes one : records) {
                places.add(log.append(one));
            }
        }
        return places;
    }

    private List<Bytes> replayed() throws IOException {
        List<Bytes> found = new ArrayList<>();
        RecordLog.open(path, 'x', (content, at) -> found.add(content)).close();
        return found;
    }

    private static Bytes record(String text) {
        return Bytes.adopt(text.getBytes(StandardCharsets.UTF_8));
    }
}
