package dev.pychat.keyring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultMergeTest {

    /** Stands for a rule of its own: the greater bytes. */
    private final VaultMerge merge = new VaultMerge((entry, one, other) -> one.compareTo(other) > 0 ? one : other);

    @Test
    void higherCounterWinsWhateverTheValue() {
        VaultEntry old = entry(1, "aa", 4, false, "ff");
        VaultEntry young = entry(1, "aa", 5, false, "00");
        assertThat(both(List.of(old), List.of(young))).containsExactly(young);
    }

    @Test
    void tombstoneWinsAtEqualCountersOnly() {
        VaultEntry alive = entry(6, "aa", 4, false, "ff");
        VaultEntry gone = entry(6, "aa", 4, true, "");
        VaultEntry back = entry(6, "aa", 5, false, "01");
        assertThat(both(List.of(alive), List.of(gone))).containsExactly(gone);
        assertThat(both(List.of(gone), List.of(back))).containsExactly(back);
    }

    @Test
    void twoPinsWithOneCounterAreDecidedByTheirRule() {
        VaultEntry one = entry(VaultTypes.PIN, "aa", 4, false, "01");
        VaultEntry other = entry(VaultTypes.PIN, "aa", 4, false, "02");
        assertThat(both(List.of(one), List.of(other))).containsExactly(other);
    }

    @Test
    void twoOtherValuesWithOneCounterKeepTheSmallerBytes() {
        VaultEntry one = entry(9, "aa", 4, false, "01");
        VaultEntry other = entry(9, "aa", 4, false, "02");
        assertThat(both(List.of(one), List.of(other))).containsExactly(one);
    }

    @Test
    void whatOneSideAloneHasStaysUnknownTypesToo() {
        VaultEntry one = entry(60_000, "", 0, false, "01");
        VaultEntry other = entry(1, "aa", 1, false, "02");
        assertThat(both(List.of(one), List.of(other))).containsExactly(other, one);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void orderAndRepetitionDoNotMatter(long seed) {
        Random random = new Random(seed);
        List<VaultEntry> a = some(random);
        List<VaultEntry> b = some(random);
        List<VaultEntry> c = some(random);
        List<VaultEntry> all = merge.merge(merge.merge(a, b), c);
        assertThat(merge.merge(a, merge.merge(c, b))).isEqualTo(all);
        assertThat(merge.merge(all, b)).isEqualTo(all);
    }

    @Test
    void mergedEntriesAreCopies() {
        VaultEntry entry = entry(1, "aa", 4, false, "ff");
        List<VaultEntry> merged = merge.merge(List.of(entry), List.of());
        entry.value().close();
        assertThat(merged)
                .singleElement()
                .satisfies(kept -> assertThat(kept.value().isErased()).isFalse());
    }

    private List<VaultEntry> both(List<VaultEntry> one, List<VaultEntry> other) {
        List<VaultEntry> merged = merge.merge(one, other);
        assertThat(merge.merge(other, one)).isEqualTo(merged);
        return merged;
    }

    private static List<VaultEntry> some(Random random) {
        List<VaultEntry> entries = new ArrayList<>();
        for (int type = 1; type <= 7; type++) {
            for (int key = 0; key < 3; key++) {
                if (random.nextBoolean()) {
                    String value = String.format("%02x", random.nextInt(3));
                    entries.add(entry(type, "0" + key, random.nextInt(2), random.nextInt(4) == 0, value));
                }
            }
        }
        return entries;
    }

    private static VaultEntry entry(int type, String key, long counter, boolean tombstone, String value) {
        SecretBytes secret = SecretBytes.adopt(Bytes.fromHex(value).toArray());
        return new VaultEntry(type, Bytes.fromHex(key), counter, tombstone, secret);
    }
}
