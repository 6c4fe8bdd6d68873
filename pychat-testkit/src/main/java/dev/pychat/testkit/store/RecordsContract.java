package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Realm;
import dev.pychat.store.directory.DataDirectoryBusyException;
import dev.pychat.store.directory.DataDirectoryUnusableException;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.store.directory.NewStores;
import dev.pychat.store.directory.RecordSource;
import dev.pychat.store.directory.StoreKind;
import dev.pychat.store.directory.StoredRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one kind of stores writes out another takes in, and both hold the same then. Confined to the thread that runs the test. */
public abstract class RecordsContract {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final StoreKind one;
    private final StoreKind other;
    private final Draw draw = Draw.announced(getClass());

    @TempDir
    private Path directory;

    /**
     * Names what is tried.
     *
     * @param one a kind of stores
     * @param other another, or the same
     */
    protected RecordsContract(StoreKind one, StoreKind other) {
        this.one = one;
        this.other = other;
    }

    @Test
    void everythingIsTheSameThereAndBackAgain() throws Exception {
        Content content = fill();
        List<StoredRecord> first = records(one, "first");
        move(one, "first", other, "second");
        try (DirectoryServerStores stores = other.open(at("second"), RANDOM)) {
            assertThat(content.readAgain(stores)).isEqualTo(content);
        }
        List<StoredRecord> second = records(other, "second");
        assertThat(second).isEqualTo(first);
        move(other, "second", one, "third");
        assertThat(records(one, "third")).isEqualTo(second);
        try (DirectoryServerStores stores = one.open(at("third"), RANDOM)) {
            assertThat(content.readAgain(stores)).isEqualTo(content);
        }
        assertThat(records(one, "first")).as("what it came from").isEqualTo(first);
    }

    @Test
    void installationIsTheSameThereAndGoesOn() throws Exception {
        Realm realm = realm(one, "first");
        move(one, "first", other, "second");
        assertThat(realm(other, "second")).isEqualTo(realm);
        assertThat(other.isIn(at("second"))).isTrue();
        assertThat(one.isIn(at("first"))).isTrue();
        try (DirectoryServerStores stores = other.open(at("second"), RANDOM)) {
            Content.fill(stores, draw, 10).requireEverything();
        }
    }

    @Test
    void directoryThatIsInUseIsRefused() throws Exception {
        try (NewStores taking = other.begin(at("second"))) {
            assertThat(taking).isNotNull();
            assertThatThrownBy(() -> other.begin(at("second"))).isInstanceOf(DataDirectoryBusyException.class);
            assertThatThrownBy(() -> other.open(at("second"), RANDOM)).isInstanceOf(DataDirectoryBusyException.class);
        }
    }

    @Test
    void directoryThatHoldsAnythingIsRefusedAndLeftAsItWas() throws Exception {
        Path file = Files.createDirectories(at("second")).resolve("notes.txt");
        Files.writeString(file, "mine");
        assertThatThrownBy(() -> other.begin(at("second")))
                .isInstanceOf(DataDirectoryUnusableException.class)
                .hasMessageContaining("notes.txt");
        assertThat(file).hasContent("mine");
        Realm realm = realm(other, "third");
        assertThatThrownBy(() -> other.begin(at("third"))).isInstanceOf(DataDirectoryUnusableException.class);
        assertThat(realm(other, "third")).isEqualTo(realm);
    }

    @Test
    void takingInThatIsGivenUpLeavesNothing() throws Exception {
        fill();
        try (DirectoryServerStores source = one.open(at("first"), RANDOM);
                NewStores target = other.begin(at("second"))) {
            source.writeOut(target);
        }
        assertThat(other.isIn(at("second"))).isFalse();
        move(one, "first", other, "second");
        assertThat(records(other, "second")).isEqualTo(records(one, "first"));
    }

    @Test
    void takingInThatWasKilledIsNeverServedAndMayBeDoneAgain() throws Exception {
        fill();
        try (NewStores taking = other.begin(at("live"))) {
            assertThat(taking).isNotNull();
            Trees.copy(at("live"), at("second"));
        }
        assertThatThrownBy(() -> other.open(at("second"), RANDOM))
                .isInstanceOf(DataDirectoryUnusableException.class)
                .hasMessageContaining("did not end");
        assertThatThrownBy(() -> one.open(at("second"), RANDOM)).isInstanceOf(DataDirectoryUnusableException.class);
        move(one, "first", other, "second");
        assertThat(records(other, "second")).isEqualTo(records(one, "first"));
    }

    @Test
    void recordOfAnUnknownTreeIsRefused() throws Exception {
        try (NewStores target = other.begin(at("second"))) {
            assertThatThrownBy(() -> target.take(new StoredRecord("gardens", draw.bytes(3), draw.bytes(3))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("gardens");
        }
    }

    @Test
    void messageThatIsMissingIsNeverPassedOver() throws Exception {
        fill();
        List<StoredRecord> all = records(one, "first");
        List<StoredRecord> messages =
                all.stream().filter(record -> record.tree().equals("messages")).toList();
        for (StoredRecord lost : List.of(
                messages.get(0), messages.get(draw.below(messages.size())), messages.get(messages.size() - 1))) {
            try (NewStores target = other.begin(at("second"))) {
                for (StoredRecord record : all) {
                    if (!record.equals(lost)) {
                        target.take(record);
                    }
                }
                assertThatThrownBy(() -> target.writeOut(record -> {}))
                        .hasMessageContaining("messages")
                        .hasMessageContaining("damaged or missing");
            }
        }
    }

    private Content fill() throws Exception {
        try (DirectoryServerStores stores = one.open(at("first"), RANDOM)) {
            Content content = Content.fill(stores, draw, 40);
            content.requireEverything();
            return content;
        }
    }

    private void move(StoreKind from, String source, StoreKind to, String target) throws Exception {
        try (DirectoryServerStores stores = from.open(at(source), RANDOM);
                NewStores fresh = to.begin(at(target))) {
            stores.writeOut(fresh);
            assertThat(listed(fresh)).isEqualTo(listed(stores));
            fresh.finish();
        }
    }

    private List<StoredRecord> records(StoreKind kind, String name) throws Exception {
        try (DirectoryServerStores stores = kind.open(at(name), RANDOM)) {
            return listed(stores);
        }
    }

    private static List<StoredRecord> listed(RecordSource source) throws Exception {
        List<StoredRecord> records = new ArrayList<>();
        source.writeOut(records::add);
        assertThat(records).isNotEmpty();
        return records;
    }

    private Realm realm(StoreKind kind, String name) throws Exception {
        try (DirectoryServerStores stores = kind.open(at(name), RANDOM)) {
            return stores.realm();
        }
    }

    private Path at(String name) {
        return directory.resolve(name);
    }
}
