package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.store.directory.NewStores;
import dev.pychat.store.directory.StoreCheck;
import dev.pychat.store.directory.StoreFigures;
import dev.pychat.store.directory.StoreKind;
import dev.pychat.store.directory.StoredRecord;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores in a directory count what they hold, and notice what their records promise of one another. Confined to one thread. */
public abstract class CheckContract {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final StoreKind kind;
    private static final StoredRecord LEFT_OUT = new StoredRecord("", Bytes.EMPTY, Bytes.EMPTY);

    private final Draw draw = Draw.announced(getClass());
    private final Talker talker = new Talker(draw, draw.conversation(), new Username("alice"), new Username("bob"));

    @TempDir
    private Path directory;

    /**
     * Names what is tried.
     *
     * @param kind a kind of stores
     */
    protected CheckContract(StoreKind kind) {
        this.kind = kind;
    }

    @Test
    void everythingIsCountedAndSound() throws Exception {
        try (DirectoryServerStores stores = kind.open(at("first"), RANDOM)) {
            Content content = Content.fill(stores, draw, 40);
            long messages =
                    content.messages().values().stream().mapToLong(List::size).sum();
            StoreFigures expected =
                    new StoreFigures(content.users().size(), content.messages().size(), messages);
            assertThat(stores.figures()).isEqualTo(expected);
            StoreCheck check = stores.check();
            assertThat(check.faults()).isEmpty();
            assertThat(check.isSound()).isTrue();
            assertThat(check.figures()).isEqualTo(expected);
            assertThat(check.records()).isEqualTo(listed(stores).size());
        }
    }

    @Test
    void newStoresHoldNothingAndAreSound() throws Exception {
        try (DirectoryServerStores stores = kind.open(at("first"), RANDOM)) {
            assertThat(stores.figures()).isEqualTo(new StoreFigures(0, 0, 0));
            assertThat(stores.check().isSound()).isTrue();
        }
    }

    @Test
    void messageThatIsMissingIsFound() throws Exception {
        talk();
        assertThat(without("messages", 0)).anyMatch(fault -> fault.contains("damaged or missing"));
        assertThat(without("messages", 7)).anyMatch(fault -> fault.contains("messages 8 to 8 are damaged or missing"));
        assertThat(without("messages", 19)).anyMatch(fault -> fault.contains("damaged or missing"));
    }

    @Test
    void recordThatAnotherPromisesIsMissed() throws Exception {
        talk();
        assertThat(without("conversations", 0)).anyMatch(fault -> fault.contains("is not found by its name"));
        assertThat(without("inboxes", 0)).anyMatch(fault -> fault.contains("missing in the inbox of alice"));
        assertThat(without("ledgers", 0)).anyMatch(fault -> fault.contains("ledgers is damaged or missing"));
    }

    @Test
    void highWaterMarkThatHasGoneBackIsFound() throws Exception {
        StoredRecord earlier = only(talk(), "ledgers");
        try (DirectoryServerStores stores = kind.open(at("first"), RANDOM)) {
            Talker more = new Talker(draw, draw.conversation(), new Username("carol"), new Username("dave"));
            stores.messages().append(List.of(more.next()));
        }
        // The first conversation's ledger as it was before its last messages.
        append(6);
        List<String> faults = faults(
                record -> record.key().equals(earlier.key()) && record.tree().equals("ledgers") ? earlier : record);
        assertThat(faults).anyMatch(fault -> fault.contains("ends at 26, its ledger says 20"));
    }

    @Test
    void countThatIsWrongIsFound() throws Exception {
        List<StoredRecord> messages = messages(talk());
        StoredRecord first = messages.get(0);
        StoredRecord second = messages.get(1);
        List<String> faults = faults(record ->
                record.key().equals(second.key()) ? new StoredRecord("messages", second.key(), first.value()) : record);
        assertThat(faults).anyMatch(fault -> fault.contains("counts itself as 1"));
    }

    @Test
    void recordThatIsNoneOfItsTreeIsFound() throws Exception {
        talk();
        List<String> faults = faults(record ->
                record.tree().equals("ledgers") ? new StoredRecord("ledgers", record.key(), draw.bytes(5)) : record);
        assertThat(faults).anyMatch(fault -> fault.contains("is not what a record of it is"));
    }

    @Test
    void interruptEndsIt() throws Exception {
        talk();
        try (DirectoryServerStores stores = kind.open(at("first"), RANDOM)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(stores::check).isInstanceOf(StoreException.class).hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(stores.check().isSound()).isTrue();
        }
    }

    /** Twenty messages of one conversation; its records. */
    private List<StoredRecord> talk() throws Exception {
        append(20);
        try (DirectoryServerStores stores = kind.open(at("first"), RANDOM)) {
            return listed(stores);
        }
    }

    private void append(int count) throws Exception {
        try (DirectoryServerStores stores = kind.open(at("first"), RANDOM)) {
            for (int i = 0; i < count; i++) {
                stores.messages().append(List.of(talker.next(i % 5 == 4)));
            }
        }
    }

    private static List<StoredRecord> messages(List<StoredRecord> all) {
        return all.stream().filter(record -> record.tree().equals("messages")).toList();
    }

    private static StoredRecord only(List<StoredRecord> all, String tree) {
        return all.stream()
                .filter(record -> record.tree().equals(tree))
                .findFirst()
                .orElseThrow();
    }

    /** What is found where one record of a tree is left out. */
    private List<String> without(String tree, int index) throws Exception {
        int[] seen = {0};
        return faults(record -> record.tree().equals(tree) && seen[0]++ == index ? LEFT_OUT : record);
    }

    /** What is found in a copy whose records were changed. */
    private List<String> faults(UnaryOperator<StoredRecord> change) throws Exception {
        Path copy = at("copy-" + draw.bytes(6).hex());
        try (DirectoryServerStores stores = kind.open(at("first"), RANDOM);
                NewStores target = kind.begin(copy)) {
            for (StoredRecord record : listed(stores)) {
                StoredRecord changed = change.apply(record);
                if (!changed.equals(LEFT_OUT)) {
                    target.take(changed);
                }
            }
            target.finish();
        }
        try (DirectoryServerStores stores = kind.open(copy, RANDOM)) {
            StoreCheck check = stores.check();
            assertThat(check.isSound()).isFalse();
            assertThat(check.faultCount()).isGreaterThanOrEqualTo(check.faults().size());
            return check.faults();
        }
    }

    private static List<StoredRecord> listed(DirectoryServerStores stores) throws StoreException {
        List<StoredRecord> records = new ArrayList<>();
        stores.writeOut(records::add);
        return records;
    }

    private Path at(String name) {
        return directory.resolve(name);
    }
}
