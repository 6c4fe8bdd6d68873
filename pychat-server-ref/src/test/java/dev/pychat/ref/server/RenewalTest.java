package dev.pychat.ref.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.store.directory.DataDirectoryBusyException;
import dev.pychat.store.directory.DataDirectoryFormatException;
import dev.pychat.store.directory.DataDirectoryUnusableException;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.store.directory.RenewedStores;
import dev.pychat.store.directory.StoreKind;
import dev.pychat.store.directory.StoredRecord;
import dev.pychat.testkit.store.Draw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores that take the place of those in the same directory: at each moment a crash leaves the one or the other. */
class RenewalTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Draw draw = Draw.announced(getClass());

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"xodus", "sqlite"})
    void newOnesHoldWhatTheOldOnesDid(String store) throws Exception {
        StoreKind kind = DataStores.kind(store);
        List<StoredRecord> before = filled(kind, at("data"));
        try (RenewedStores renewed = kind.renew(at("data"))) {
            renewed.present().writeOut(renewed);
            renewed.finish();
        }
        requireWhole(kind, at("data"), before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xodus", "sqlite"})
    void oldOnesStayIfItIsGivenUp(String store) throws Exception {
        StoreKind kind = DataStores.kind(store);
        List<StoredRecord> before = filled(kind, at("data"));
        try (RenewedStores renewed = kind.renew(at("data"))) {
            renewed.present().writeOut(renewed);
        }
        requireWhole(kind, at("data"), before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xodus", "sqlite"})
    void oldOnesStayIfTheProcessIsKilledBeforeTheEnd(String store) throws Exception {
        StoreKind kind = DataStores.kind(store);
        List<StoredRecord> before = filled(kind, at("data"));
        try (RenewedStores renewed = kind.renew(at("data"))) {
            copy(at("data"), at("begun"));
            renewed.present().writeOut(renewed);
            copy(at("data"), at("in the middle"));
        }
        requireWhole(kind, at("begun"), before);
        requireWhole(kind, at("in the middle"), before);
    }

    /** Between the two renames there are no stores where they should be. */
    @ParameterizedTest
    @ValueSource(strings = {"xodus", "sqlite"})
    void oldOnesComeBackIfTheProcessIsKilledBetweenTheRenames(String store) throws Exception {
        StoreKind kind = DataStores.kind(store);
        List<StoredRecord> before = filled(kind, at("data"));
        try (RenewedStores renewed = kind.renew(at("data"))) {
            renewed.present().writeOut(renewed);
            copy(at("data"), at("killed"));
        }
        Files.move(at("killed").resolve("store"), at("killed").resolve("store.old"));
        assertThat(DataStores.present(at("killed")).name()).isEqualTo(store);
        assertThat(DataStores.formatIn(at("killed"))).isEqualTo(DataStores.formatIn(at("data")));
        StoreKind other = DataStores.kind(store.equals("xodus") ? "sqlite" : "xodus");
        assertThatThrownBy(() -> other.open(at("killed"), RANDOM)).isInstanceOf(DataDirectoryFormatException.class);
        requireWhole(kind, at("killed"), before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xodus", "sqlite"})
    void newOnesStayIfTheProcessIsKilledWhileTheOldOnesAreRemoved(String store) throws Exception {
        StoreKind kind = DataStores.kind(store);
        List<StoredRecord> before = filled(kind, at("data"));
        copy(at("data").resolve("store"), at("old"));
        try (RenewedStores renewed = kind.renew(at("data"))) {
            renewed.present().writeOut(renewed);
            renewed.finish();
        }
        Files.delete(at("old").resolve("format"));
        Files.move(at("old"), at("data").resolve("store.old"));
        requireWhole(kind, at("data"), before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xodus", "sqlite"})
    void directoryIsNobodyElsesMeanwhile(String store) throws Exception {
        StoreKind kind = DataStores.kind(store);
        List<StoredRecord> before = filled(kind, at("data"));
        try (RenewedStores renewed = kind.renew(at("data"))) {
            assertThat(renewed.present()).isNotNull();
            assertThatThrownBy(() -> kind.open(at("data"), RANDOM)).isInstanceOf(DataDirectoryBusyException.class);
            assertThatThrownBy(() -> kind.renew(at("data"))).isInstanceOf(DataDirectoryBusyException.class);
        }
        requireWhole(kind, at("data"), before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xodus", "sqlite"})
    void directoryWithoutStoresIsRefused(String store) throws Exception {
        StoreKind kind = DataStores.kind(store);
        Files.createDirectory(at("data"));
        assertThatThrownBy(() -> kind.renew(at("data"))).isInstanceOf(DataDirectoryUnusableException.class);
        assertThat(at("data").resolve("store")).doesNotExist();
    }

    private List<StoredRecord> filled(StoreKind kind, Path data) throws Exception {
        ManyTalks.in(kind, data, draw, 300);
        return records(kind, data);
    }

    private void requireWhole(StoreKind kind, Path data, List<StoredRecord> expected) throws Exception {
        assertThat(records(kind, data)).isEqualTo(expected);
        assertThat(data.resolve("store.new")).doesNotExist();
        assertThat(data.resolve("store.old")).doesNotExist();
        try (DirectoryServerStores stores = kind.open(data, RANDOM)) {
            assertThat(stores.check().faults()).isEmpty();
        }
    }

    private List<StoredRecord> records(StoreKind kind, Path data) throws Exception {
        List<StoredRecord> records = new ArrayList<>();
        try (DirectoryServerStores stores = kind.open(data, RANDOM)) {
            stores.writeOut(records::add);
        }
        assertThat(records).hasSizeGreaterThan(300);
        return records;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.sorted(Comparator.naturalOrder()).toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    private Path at(String name) {
        return directory.resolve(name);
    }
}
