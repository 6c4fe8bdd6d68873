package dev.pychat.keyring;

import static dev.pychat.keyring.TestKeyrings.HEADER;
import static dev.pychat.keyring.TestKeyrings.NOW;
import static dev.pychat.keyring.TestKeyrings.TESTS;
import static dev.pychat.keyring.TestKeyrings.fresh;
import static dev.pychat.keyring.TestKeyrings.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.key.KeyId;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keys of which the vault has tombstones, and the one that it keeps for a device which does not hold it yet. */
class BuriedKeysTest {

    private static final HistoryPolicy AFTER_A_WEEK = HistoryPolicy.forgetAfter(Duration.ofDays(7));
    private static final VaultMerge MERGE = new VaultMerge((entry, one, other) -> one);

    private final SeededRandom random = new SeededRandom(9);
    private final SecretBytes boxKey = SecretBytes.random(random, 32);
    private final Keyring phone = published(withKemKeys(fresh(random)));

    private Keyring withKemKeys(Keyring of) {
        return of.withKemKeys(of.kemKeys().withLastResort(NOW, random).withOneTime(2, NOW, random));
    }

    private static Keyring published(Keyring keyring) {
        return keyring.withBundle(keyring.nextBundle(NOW));
    }

    private static Keyring changed(Keyring keyring, HistoryPolicy policy) {
        return keyring.withBundle(keyring.nextBundle(NOW, BundleChange.policy(policy)));
    }

    private Keyring forgetting(Keyring keyring, int number) {
        Keyring stated = changed(keyring, AFTER_A_WEEK);
        Keyring without = stated.withUsed(Forgetting.givenUp(stated, NOW));
        return published(withKemKeys(without.withWrappingKey(key(number))));
    }

    private static Vault vault(List<VaultEntry> entries) {
        return new Vault(
                1,
                Vault.NO_PREDECESSOR,
                RetiredKeys.retire(entries.stream().sorted().toList()));
    }

    private static Vault buried(Keyring keyring) {
        return vault(VaultedKeys.of(keyring).stream()
                .map(entry -> VaultTypes.opensMessages(entry.type()) ? tombstone(entry.type(), entry.key()) : entry)
                .toList());
    }

    private static VaultEntry tombstone(int type, Bytes key) {
        return new VaultEntry(type, key, 1, true, SecretBytes.adopt(new byte[0]));
    }

    private static List<VaultEntry> opening(List<VaultEntry> entries) {
        return entries.stream()
                .filter(entry -> VaultTypes.opensMessages(entry.type()) && !entry.tombstone())
                .toList();
    }

    private Keyring restored(Vault vault) throws Exception {
        return VaultedKeys.restore(HEADER, vault, DeviceId.random(random), boxKey, TESTS, () -> key(6));
    }

    @Test
    void whatTheVaultHasBuriedIsNeitherOfferedNorPutIntoItAgain() throws Exception {
        Keyring joined = VaultedKeys.join(phone, buried(phone), TESTS, NOW);
        Keyring read = Keyring.open(boxKey, joined.seal(boxKey, random), TESTS);
        for (Keyring each : List.of(joined, read)) {
            assertThat(each.content().keyIds())
                    .isEqualTo(phone.content().keyIds())
                    .noneMatch(id -> Forgetting.suits(each, id));
            assertThat(Forgetting.givenUp(each, NOW)).hasSize(2);
            assertThat(opening(VaultedKeys.of(each))).isEmpty();
        }
        assertThat(joined.holdsTheSameKeysAs(phone)).isFalse();
        assertThat(VaultedKeys.join(joined, buried(phone), TESTS, NOW).holdsTheSameKeysAs(joined))
                .isTrue();
        Keyring renewed = published(
                withKemKeys(read.withUsed(Forgetting.givenUp(read, NOW)).withWrappingKey(key(4))));
        assertThat(Forgetting.suits(renewed, key(4).id())).isTrue();
        assertThat(opening(VaultedKeys.of(renewed)))
                .hasSize(4)
                .extracting(VaultEntry::key)
                .contains(key(4).id().value())
                .doesNotContainAnyElementsOf(
                        phone.content().keyIds().stream().map(KeyId::value).toList());
    }

    @Test
    void tombstonesWithNamesThatNameNoKeyAreNothing() throws Exception {
        List<VaultEntry> entries = new ArrayList<>(VaultedKeys.of(phone));
        entries.add(tombstone(VaultTypes.KEM_KEY, Bytes.EMPTY));
        assertThat(VaultedKeys.join(phone, vault(entries), TESTS, NOW).holdsTheSameKeysAs(phone))
                .isTrue();
    }

    @Test
    void aNewDeviceMakesAKeyOfItsOwnWhereAllAreBuriedAndItMayStandInTheVault() throws Exception {
        Keyring tablet = restored(buried(phone));
        assertThat(tablet.historyPolicy()).isEqualTo(HistoryPolicy.KEEP);
        assertThat(Forgetting.suits(tablet, key(6).id())).isTrue();
        assertThat(opening(VaultedKeys.of(tablet)))
                .extracting(VaultEntry::key)
                .containsExactly(key(6).id().value());
    }

    @Test
    void aNewDeviceOfAnAccountThatOnceForgotNotesWhichBundleListsItFirst() throws Exception {
        List<VaultEntry> entries = new ArrayList<>(VaultedKeys.of(phone));
        entries.add(tombstone(VaultTypes.KEM_KEY, key(9).id().value()));
        Keyring tablet = published(withKemKeys(restored(vault(entries))));
        assertThat(Forgetting.listedSince(tablet)).isEqualTo(Long.MAX_VALUE);
        Keyring noted = Forgetting.replaced(tablet, NOW);
        assertThat(Forgetting.listedSince(noted)).isEqualTo(2);
        assertThat(Forgetting.replaced(published(noted), NOW)).isNotSameAs(noted);
        assertThat(Forgetting.listedSince(Forgetting.replaced(published(noted), NOW)))
                .isEqualTo(2);
        assertThat(Forgetting.listedSince(restored(vault(VaultedKeys.of(phone)))))
                .isZero();
    }

    /** An account has no other tombstones of wrapping keys than those of too many, if it never forgot. */
    @Test
    void keysThatGaveWayBecauseThereAreTooManyDoNotTellOfForgetting() {
        List<VaultEntry> many = new ArrayList<>(Stream.iterate(1, i -> i + 1)
                .limit(KeyringContent.MAX_WRAPPING_KEYS)
                .map(i -> new VaultEntry(
                        VaultTypes.WRAPPING_KEY,
                        Bytes.fromHex(String.format("%04x", i)),
                        1,
                        false,
                        SecretBytes.adopt(new byte[9])))
                .toList());
        VaultEntry last = many.get(0);
        many.add(tombstone(VaultTypes.WRAPPING_KEY, Bytes.fromHex("f0")));
        assertThat(RetiredKeys.hasBuried(vault(many))).isFalse();
        many.remove(last);
        assertThat(RetiredKeys.hasBuried(vault(many))).isTrue();
    }

    @Test
    void theKeyThatIsLentToADeviceStaysInTheVaultForItUntilItHasItsOwn() throws Exception {
        Keyring tablet = published(withKemKeys(restored(vault(VaultedKeys.of(phone)))));
        Keyring joined = VaultedKeys.join(phone, vault(VaultedKeys.of(tablet)), TESTS, NOW);
        Keyring rotated = published(joined.withWrappingKey(key(2)));
        List<VaultEntry> before = MERGE.merge(VaultedKeys.of(tablet), VaultedKeys.of(rotated));
        Keyring forgets = forgetting(rotated, 3);
        List<VaultEntry> after = RetiredKeys.retire(MERGE.merge(before, VaultedKeys.of(forgets)));
        assertThat(opening(after))
                .extracting(VaultEntry::key)
                .containsExactly(key(2).id().value());
        Keyring late = VaultedKeys.join(tablet, vault(after), TESTS, NOW);
        assertThat(late.wrappingKey(key(2).id())).isPresent();
        assertThat(Forgetting.suits(late, key(2).id())).isFalse();
        assertThat(opening(VaultedKeys.of(late))).isEmpty();
        Keyring own = forgetting(late, 5);
        assertThat(opening(RetiredKeys.retire(MERGE.merge(after, VaultedKeys.of(own)))))
                .isEmpty();
        Keyring third = restored(vault(after));
        assertThat(third.wrappingKey(key(2).id())).isEmpty();
    }

    /** What an older vault would lend counts no more. */
    @Test
    void aDeviceThatHasItsOwnKeyTakesNoneThatWasLentToItBefore() throws Exception {
        Keyring tablet = published(withKemKeys(restored(vault(VaultedKeys.of(phone)))));
        Keyring joined = VaultedKeys.join(phone, vault(VaultedKeys.of(tablet)), TESTS, NOW);
        Keyring rotated = published(joined.withWrappingKey(key(2)));
        List<VaultEntry> before = List.copyOf(VaultedKeys.of(rotated));
        Keyring forgets = forgetting(rotated, 3);
        List<VaultEntry> after = RetiredKeys.retire(MERGE.merge(before, VaultedKeys.of(forgets)));
        Keyring followed = tablet.withBundle(forgets.bundle().orElseThrow());
        Keyring own = published(withKemKeys(followed.withWrappingKey(key(5))));
        assertThat(VaultedKeys.join(own, vault(after), TESTS, NOW).wrappingKey(key(2).id()))
                .isEmpty();
    }

    /** A bundle of suite 1 has the key that the account had before in the section of the account, and it is in the vault. */
    @Test
    void whatABundleHasForTheWholeAccountIsLentToNobody() {
        Keyring alone = published(fresh(random));
        Keyring forgets = changed(alone, AFTER_A_WEEK);
        assertThat(forgets.bundle().orElseThrow().fields().sections())
                .contains(alone.bundle().orElseThrow().fields().sections().get(0));
        assertThat(opening(RetiredKeys.retire(MERGE.merge(VaultedKeys.of(alone), VaultedKeys.of(forgets)))))
                .isEmpty();
    }

    @Test
    void anErasedKeyIsNotTakenAgainOutOfAVaultThatKeepsItForAnotherDevice() throws Exception {
        Keyring tablet = published(withKemKeys(restored(vault(VaultedKeys.of(phone)))));
        Keyring joined = VaultedKeys.join(phone, vault(VaultedKeys.of(tablet)), TESTS, NOW);
        Keyring forgets = forgetting(joined, 3);
        List<VaultEntry> after = RetiredKeys.retire(MERGE.merge(VaultedKeys.of(joined), VaultedKeys.of(forgets)));
        KeyId lent = key(1).id();
        assertThat(opening(after)).extracting(VaultEntry::key).containsExactly(lent.value());
        Instant later = NOW.plus(AFTER_A_WEEK.time());
        Keyring erased = Forgetting.erased(Forgetting.replaced(forgets, NOW), later, true);
        assertThat(erased.wrappingKey(lent)).isEmpty();
        assertThat(VaultedKeys.join(erased, vault(after), TESTS, later).wrappingKey(lent))
                .isEmpty();
    }

    @Test
    void tombstonesInABackupBuryNothing() throws Exception {
        Keyring joined = VaultedKeys.join(phone, VaultedKeys.openingKeys(buried(phone), phone), TESTS, NOW);
        assertThat(joined.holdsTheSameKeysAs(phone)).isTrue();
        assertThat(Forgetting.suits(joined, phone.currentWrappingKey().id())).isTrue();
    }
}
