package dev.pychat.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.model.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetiredKeysTest {

    private static final int MOST = Keyring.MAX_WRAPPING_KEYS;

    @Test
    void asManyKeysAsAKeyringHoldsStay() {
        List<VaultEntry> entries = keys(MOST);
        assertThat(RetiredKeys.retire(entries)).isEqualTo(entries);
        assertThat(RetiredKeys.retire(keys(1))).noneMatch(VaultEntry::tombstone);
        assertThat(RetiredKeys.retire(List.of())).isEmpty();
    }

    @Test
    void theOldestBeyondThatBecomeTombstonesAndAreErased() {
        List<VaultEntry> entries = keys(MOST + 2);
        List<VaultEntry> retired = RetiredKeys.retire(entries);
        assertThat(retired).hasSize(MOST + 2);
        for (int i = 0; i < retired.size(); i++) {
            // The numbers fall as the moments grow, so that neither the names nor the places decide.
            boolean oldest = i >= MOST;
            assertThat(retired.get(i).tombstone()).as("key %d", i).isEqualTo(oldest);
            assertThat(entries.get(i).value().isErased()).isEqualTo(oldest);
            assertThat(retired.get(i).value().size()).isEqualTo(oldest ? 0 : 9);
            assertThat(retired.get(i).key()).isEqualTo(entries.get(i).key());
            assertThat(retired.get(i).counter()).isEqualTo(1);
        }
    }

    @Test
    void ofTwoThatWereMadeAtOnceTheOneWithTheLowerNameGoes() {
        List<VaultEntry> entries = keys(MOST - 1);
        entries.add(key("f1", Instant.EPOCH));
        entries.add(key("f0", Instant.EPOCH));
        assertThat(RetiredKeys.retire(entries))
                .filteredOn(VaultEntry::tombstone)
                .singleElement()
                .satisfies(gone -> assertThat(gone.key()).isEqualTo(Bytes.fromHex("f0")));
    }

    @Test
    void tombstonesAndOtherEntriesAreNotCountedAndStayAsTheyAre() {
        List<VaultEntry> entries = keys(MOST);
        entries.add(new VaultEntry(VaultTypes.WRAPPING_KEY, Bytes.fromHex("f0"), 3, true, nothing()));
        entries.add(new VaultEntry(VaultTypes.KEM_KEY, entries.get(0).key(), 3, false, nothing()));
        assertThat(RetiredKeys.retire(entries)).isEqualTo(entries);
        entries.add(key("f1", Instant.EPOCH));
        List<VaultEntry> retired = RetiredKeys.retire(entries);
        assertThat(retired.get(MOST + 2).tombstone()).isTrue();
        assertThat(retired.subList(0, MOST + 2)).isEqualTo(entries.subList(0, MOST + 2));
    }

    @Test
    void aKeyOfAnotherTypeUnderTheSameNameStays() {
        List<VaultEntry> entries = keys(MOST);
        entries.add(key("f1", Instant.EPOCH));
        VaultEntry namesake = new VaultEntry(VaultTypes.KEM_KEY, Bytes.fromHex("f1"), 3, false, nothing());
        entries.add(namesake);
        assertThat(RetiredKeys.retire(entries).get(MOST + 1)).isSameAs(namesake);
    }

    /** Keys of falling age and rising name. */
    private static List<VaultEntry> keys(int count) {
        return new ArrayList<>(IntStream.range(0, count)
                .mapToObj(i -> key(String.format("%04x", i), Instant.ofEpochSecond(1_000_000 - i)))
                .toList());
    }

    private static VaultEntry key(String name, Instant made) {
        try (BinaryWriter out = new BinaryWriter()) {
            SecretBytes value = SecretBytes.adopt(out.time(made).u8(1).toArray());
            return new VaultEntry(VaultTypes.WRAPPING_KEY, Bytes.fromHex(name), 1, false, value);
        }
    }

    private static SecretBytes nothing() {
        return SecretBytes.adopt(new byte[0]);
    }
}
