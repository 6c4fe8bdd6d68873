package dev.pychat.keyring;

import static dev.pychat.keyring.TestKeyrings.ANN;
import static dev.pychat.keyring.TestKeyrings.HEADER;
import static dev.pychat.keyring.TestKeyrings.NOW;
import static dev.pychat.keyring.TestKeyrings.REALM;
import static dev.pychat.keyring.TestKeyrings.TESTS;
import static dev.pychat.keyring.TestKeyrings.fresh;
import static dev.pychat.keyring.TestKeyrings.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.DeviceKeys;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeyId;
import dev.pychat.key.OneTimeKey;
import dev.pychat.key.Suite;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.EpochName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The keys of an account that forgets: which kind a device offers, what enters a vault, and when which are erased. */
class ForgettingTest {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final HistoryPolicy AFTER_A_WEEK = HistoryPolicy.forgetAfter(WEEK);
    private static final EpochName EPOCH = new EpochName(Bytes.fromHex("e0".repeat(32)));

    private final SeededRandom random = new SeededRandom(8);
    private final SecretBytes boxKey = SecretBytes.random(random, 32);
    private final Keyring keeping = published(withKemKeys(fresh(random), 2));
    private final Keyring forgetting = forgetting(keeping, 2);

    private Keyring withKemKeys(Keyring of, int oneTime) {
        return of.withKemKeys(of.kemKeys().withLastResort(NOW, random).withOneTime(oneTime, NOW, random));
    }

    private static Keyring published(Keyring keyring) {
        return keyring.withBundle(keyring.nextBundle(NOW));
    }

    private static Keyring changed(Keyring keyring, HistoryPolicy policy) {
        return keyring.withBundle(keyring.nextBundle(NOW, BundleChange.policy(policy)));
    }

    /** With all that is due then. */
    private Keyring forgetting(Keyring keyring, int number) {
        Keyring stated = changed(keyring, AFTER_A_WEEK);
        Keyring without = stated.withUsed(Forgetting.givenUp(stated, NOW));
        return published(withKemKeys(without.withWrappingKey(key(number)), 2));
    }

    private static Vault vault(Keyring keyring) {
        return new Vault(
                1,
                Vault.NO_PREDECESSOR,
                RetiredKeys.retire(VaultedKeys.of(keyring).stream().sorted().toList()));
    }

    private static boolean holds(Keyring keyring, KeyId id) {
        return keyring.content().keyIds().contains(id);
    }

    @Test
    void whatWasMadeWhileTheAccountKeptSuitsNoMoreWhenItForgets() {
        Keyring stated = changed(keeping, AFTER_A_WEEK);
        assertThat(stated.content().keyIds()).hasSize(4).noneMatch(id -> Forgetting.suits(stated, id));
        assertThat(Forgetting.givenUp(stated, NOW)).hasSize(2);
        assertThat(Forgetting.suits(forgetting, forgetting.currentWrappingKey().id()))
                .isTrue();
        assertThat(Forgetting.givenUp(forgetting, NOW)).isEmpty();
        assertThat(OneTimeSigner.sign(forgetting, 1))
                .extracting(OneTimeKey::number)
                .containsExactly(3L, 4L);
        assertThat(forgetting.vaultedKemKeys().size()).isEqualTo(2);
    }

    @Test
    void itsVaultHoldsNoKeyThatOpensMessages() {
        assertThat(VaultedKeys.of(keeping))
                .filteredOn(entry -> VaultTypes.opensMessages(entry.type()))
                .hasSize(4);
        assertThat(VaultedKeys.of(forgetting)).noneMatch(entry -> VaultTypes.opensMessages(entry.type()));
    }

    @Test
    void theKeysThatWereInTheVaultBecomeTombstones() {
        VaultMerge merge = new VaultMerge((entry, one, other) -> one);
        List<VaultEntry> merged = RetiredKeys.retire(merge.merge(VaultedKeys.of(keeping), VaultedKeys.of(forgetting)));
        assertThat(merged)
                .filteredOn(entry -> VaultTypes.opensMessages(entry.type()))
                .hasSize(4)
                .allMatch(entry -> entry.tombstone() && entry.value().size() == 0);
        List<VaultEntry> again = RetiredKeys.retire(merge.merge(VaultedKeys.of(keeping), merged));
        assertThat(again).isEqualTo(merged);
    }

    @Test
    void aDeviceThatForgetsTakesNoSuchKeyOutOfAVault() throws Exception {
        Keyring other = keeping.withWrappingKey(key(5));
        Keyring joined = VaultedKeys.join(forgetting, vault(other), TESTS, NOW);
        assertThat(joined.holdsTheSameKeysAs(forgetting)).isTrue();
        Keyring fromBackup =
                VaultedKeys.join(forgetting, VaultedKeys.openingKeys(vault(other), forgetting), TESTS, NOW);
        assertThat(fromBackup.holdsTheSameKeysAs(forgetting)).isTrue();
        Keyring late = VaultedKeys.join(other, vault(forgetting), TESTS, NOW);
        assertThat(late.historyPolicy()).isEqualTo(AFTER_A_WEEK);
        assertThat(VaultedKeys.of(late)).noneMatch(entry -> VaultTypes.opensMessages(entry.type()));
    }

    @Test
    void aNewDeviceBeginsWithAWrappingKeyOfItsOwn() throws Exception {
        DeviceId tablet = DeviceId.random(random);
        Keyring restored = VaultedKeys.restore(HEADER, vault(forgetting), tablet, boxKey, TESTS, () -> key(6));
        assertThat(restored.content().keyIds()).containsExactly(key(6).id());
        assertThat(Forgetting.suits(restored, key(6).id())).isTrue();
        assertThat(restored.identity().publicKey())
                .isEqualTo(forgetting.identity().publicKey());
        assertThatThrownBy(() -> VaultedKeys.restore(HEADER, withoutKeys(keeping), tablet, boxKey, TESTS, () -> key(6)))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("no wrapping key");
    }

    private static Vault withoutKeys(Keyring keyring) {
        return new Vault(
                1,
                Vault.NO_PREDECESSOR,
                VaultedKeys.of(keyring).stream()
                        .filter(entry -> !VaultTypes.opensMessages(entry.type()))
                        .sorted()
                        .toList());
    }

    @Test
    void eachDeviceHasItsOwnSectionsAndNeitherMakesABundleBecauseOfTheOther() throws Exception {
        Keyring tablet = published(withKemKeys(
                VaultedKeys.restore(HEADER, vault(forgetting), DeviceId.random(random), boxKey, TESTS, () -> key(6)),
                2));
        KeyBundle both = tablet.bundle().orElseThrow();
        assertThat(both.check(REALM, ANN, TESTS).wrappingKey())
                .isEqualTo(key(6).key().publicKey());
        assertThat(both.check(REALM, ANN, TESTS).devices())
                .extracting(DeviceKeys::wrapping)
                .containsExactlyInAnyOrder(
                        key(2).key().publicKey(), key(6).key().publicKey());
        Keyring phone = VaultedKeys.join(forgetting, vault(tablet), TESTS, NOW);
        assertThat(phone.bundle()).contains(both);
        assertThat(phone.offersPresentKeys(both)).isTrue();
        assertThat(tablet.offersPresentKeys(both)).isTrue();
        assertThat(phone.withWrappingKey(key(7)).offersPresentKeys(both)).isFalse();
    }

    @Test
    void aDeviceThatDoesNotKnowYetKeepsTheSharedKeyAsItsOwn() throws Exception {
        Keyring tablet = published(withKemKeys(
                VaultedKeys.restore(HEADER, vault(keeping), DeviceId.random(random), boxKey, TESTS, () -> key(6)), 2));
        Keyring phone = forgetting(VaultedKeys.join(keeping, vault(tablet), TESTS, NOW), 3);
        assertThat(phone.bundle().orElseThrow().check(REALM, ANN, TESTS).devices())
                .extracting(each -> each.device().equals(tablet.device()), DeviceKeys::wrapping)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(true, key(1).key().publicKey()),
                        org.assertj.core.groups.Tuple.tuple(false, key(3).key().publicKey()));
    }

    @Test
    void whatWasMadeWhileItForgotNeverEntersAVaultAlsoWhenItKeepsAgain() throws Exception {
        Keyring back = changed(forgetting, HistoryPolicy.KEEP);
        assertThat(VaultedKeys.of(back))
                .filteredOn(entry -> VaultTypes.opensMessages(entry.type()))
                .extracting(VaultEntry::key)
                .containsExactlyInAnyOrderElementsOf(
                        keeping.content().keyIds().stream().map(KeyId::value).toList());
        assertThat(Forgetting.suits(back, back.currentWrappingKey().id())).isFalse();
        Keyring renewed = published(
                withKemKeys(back.withUsed(Forgetting.givenUp(back, NOW)).withWrappingKey(key(4)), 2));
        assertThat(renewed.offersPresentKeys(renewed.bundle().orElseThrow())).isTrue();
        assertThat(renewed.bundle().orElseThrow().check(REALM, ANN, TESTS).devices())
                .extracting(DeviceKeys::wrapping)
                .containsExactly(key(4).key().publicKey());
        assertThat(VaultedKeys.of(renewed))
                .extracting(VaultEntry::key)
                .contains(key(4).id().value());
        Keyring read = Keyring.open(boxKey, renewed.seal(boxKey, random), TESTS);
        for (KeyId id : forgetting.content().keyIds()) {
            if (!holds(keeping, id)) {
                assertThat(VaultedKeys.of(renewed)).extracting(VaultEntry::key).doesNotContain(id.value());
                assertThat(VaultedKeys.of(read)).extracting(VaultEntry::key).doesNotContain(id.value());
            }
        }
    }

    @Test
    void aBundleFromWhenItForgotIsReplacedByADeviceThatHasLeftItsOwnKeyThere() {
        Keyring back = changed(forgetting, HistoryPolicy.KEEP);
        KeyBundle last = back.bundle().orElseThrow();
        assertThat(last.fields().sections())
                .anyMatch(section -> section.device().equals(back.device())
                        && section.suite().equals(Suite.RSA));
        assertThat(back.offersPresentKeys(last)).isFalse();
        assertThat(back.offersPresentKeys(back.nextBundle(NOW))).isTrue();
    }

    @Test
    void aDeviceThatHasNoPlaceInTheBundleLeavesTheAccountsSectionToTheOthers() throws Exception {
        Keyring tablet =
                VaultedKeys.restore(HEADER, vault(forgetting), DeviceId.random(random), boxKey, TESTS, () -> key(6));
        KeyBundle next = tablet.nextBundle(NOW);
        assertThat(next.fields().sections())
                .isEqualTo(forgetting.bundle().orElseThrow().fields().sections());
        assertThat(next.check(REALM, ANN, TESTS).wrappingKey())
                .isEqualTo(key(2).key().publicKey());
    }

    @Test
    void aChangeIsOverWhenNoKeyOfBeforeIsLeft() {
        assertThat(Forgetting.hasChanged(keeping)).isFalse();
        assertThat(Forgetting.hasChanged(changed(keeping, AFTER_A_WEEK))).isTrue();
        assertThat(Forgetting.hasChanged(forgetting)).isTrue();
        Keyring erased = Forgetting.erased(Forgetting.replaced(forgetting, NOW), NOW.plus(WEEK), true);
        assertThat(Forgetting.hasChanged(erased)).isFalse();
        assertThat(Forgetting.hasChanged(changed(erased, HistoryPolicy.KEEP))).isTrue();
    }

    @Test
    void theVaultHasAsManyKemKeysAsWereMadeWhileTheAccountKept() {
        assertThat(Forgetting.vaulted(keeping)).isEqualTo(3);
        assertThat(Forgetting.vaulted(forgetting)).isZero();
        assertThat(Forgetting.vaulted(changed(forgetting, HistoryPolicy.KEEP))).isEqualTo(3);
    }

    @Test
    void aReplacedKeyIsErasedWhenTheTimeHasPassedSinceTheServerOfferedAnother() throws Exception {
        Keyring noted = Forgetting.replaced(forgetting, NOW);
        Keyring read = Keyring.open(boxKey, noted.seal(boxKey, random), TESTS);
        assertThat(Forgetting.replaced(noted, NOW.plusSeconds(9))).isSameAs(noted);
        assertThat(Forgetting.erased(forgetting, NOW.plus(Duration.ofDays(400)), true))
                .isSameAs(forgetting);
        for (Keyring each : List.of(noted, read)) {
            assertThat(Forgetting.erased(each, NOW.plus(WEEK).minusMillis(1), true))
                    .isSameAs(each);
            assertThat(Forgetting.erased(each, NOW.plus(WEEK), true).content().keyIds())
                    .doesNotContainAnyElementsOf(keeping.content().keyIds())
                    .hasSize(4);
        }
    }

    @Test
    void aReplacedKeyWaitsForWhatIsUnreadAndNotForEver() {
        Keyring noted = Forgetting.replaced(forgetting, NOW);
        Instant latest = NOW.plus(WEEK).plus(Forgetting.LONGEST_WAIT);
        assertThat(Forgetting.erased(noted, latest.minusMillis(1), false)).isSameAs(noted);
        assertThat(Forgetting.erased(noted, latest, false).content().keyIds()).hasSize(4);
    }

    @Test
    void aShortTimeStillLeavesPeersTwoDays() {
        Keyring shortly = Forgetting.replaced(changed(forgetting, HistoryPolicy.forgetAfter(Duration.ofDays(1))), NOW);
        assertThat(Forgetting.erased(shortly, NOW.plus(Duration.ofDays(2)).minusMillis(1), true))
                .isSameAs(shortly);
        assertThat(Forgetting.erased(shortly, NOW.plus(Duration.ofDays(2)), true)
                        .content()
                        .keyIds())
                .hasSize(4);
    }

    @Test
    void aUsedOneTimeKeyIsErasedWhenItsEpochIsStoredAndTheTimeHasPassed() {
        KemKey oneTime =
                forgetting.kemKeys().all().get(forgetting.kemKeys().all().size() - 1);
        Keyring used = forgetting.withKemKeys(forgetting.kemKeys().withUse(new OneTimeUse(oneTime.id(), EPOCH, NOW)));
        assertThat(holds(Forgetting.erased(used, NOW.plus(WEEK), true), oneTime.id()))
                .isTrue();
        Keyring stored = used.withUsed(Set.of(oneTime.id()));
        assertThat(holds(Forgetting.erased(stored, NOW.plus(WEEK).minusSeconds(1), true), oneTime.id()))
                .isTrue();
        assertThat(holds(Forgetting.erased(stored, NOW.plus(WEEK), false), oneTime.id()))
                .isFalse();
        Instant never = NOW.plus(WEEK).plus(Forgetting.POOL_AGE);
        assertThat(holds(Forgetting.erased(used, never, false), oneTime.id())).isFalse();
    }

    @Test
    void aUsedOneTimeKeyHasATimeOfItsOwnAndIsNotNotedAsReplaced() {
        Keyring noted = Forgetting.replaced(forgetting, NOW);
        KeyId oneTime = noted.kemKeys().all().get(3).id();
        Keyring used = noted.withKemKeys(noted.kemKeys().withUse(new OneTimeUse(oneTime, EPOCH, NOW)));
        Keyring stored = used.withUsed(Set.of(oneTime));
        assertThat(stored.vaultedKemKeys().size()).isEqualTo(3);
        assertThat(Forgetting.replaced(stored, NOW.plusSeconds(9))).isSameAs(stored);
    }

    @Test
    void aOneTimeKeyThatNobodyUsesIsGivenUpAndErasedLater() {
        Instant old = NOW.plus(Forgetting.POOL_AGE);
        assertThat(Forgetting.givenUp(keeping, old)).isEmpty();
        assertThat(Forgetting.givenUp(forgetting, old.minusSeconds(1))).isEmpty();
        Set<KeyId> old2 = Forgetting.givenUp(forgetting, old);
        assertThat(old2).hasSize(2);
        Keyring noted = Forgetting.replaced(forgetting.withUsed(old2), old);
        assertThat(Forgetting.erased(noted, old.plus(WEEK), true).content().keyIds())
                .doesNotContainAnyElementsOf(old2);
    }

    @Test
    void anAccountThatKeepsErasesNothing() {
        Keyring noted = Forgetting.replaced(keeping, NOW);
        assertThat(noted).isSameAs(keeping);
        assertThat(Forgetting.erased(keeping, NOW.plus(Duration.ofDays(4000)), true))
                .isSameAs(keeping);
    }

    @Test
    void theKeyOfAnOwnWrapIsInNoPoolAndInNoVault() throws Exception {
        assertThat(SelfWrapKey.isDue(keeping)).isFalse();
        assertThat(SelfWrapKey.isDue(forgetting)).isTrue();
        try (SelfWrapKey own =
                SelfWrapKey.make(forgetting, forgetting.identity().privateKey(), NOW, random)) {
            OneTimeKey offered = own.offered();
            KeyId id = KeyId.of(offered.key());
            Keyring used = own.usedBy(EPOCH, forgetting, NOW);
            assertThat(used.kemKeys().byId(id)).isPresent();
            assertThat(used.kemKeys().useOf(id).map(OneTimeUse::epoch)).contains(EPOCH);
            assertThat(used.kemKeys().newestUnused())
                    .isEqualTo(forgetting.kemKeys().newestUnused());
            assertThat(used.kemKeys().lastNumber())
                    .isEqualTo(forgetting.kemKeys().lastNumber());
            assertThat(OneTimeSigner.sign(used, 1)).isEqualTo(OneTimeSigner.sign(forgetting, 1));
            Keyring read = Keyring.open(boxKey, used.seal(boxKey, random), TESTS);
            assertThat(read.kemKeys().byId(id)).isPresent();
            assertThat(VaultedKeys.of(changed(read, HistoryPolicy.KEEP)))
                    .extracting(VaultEntry::key)
                    .doesNotContain(id.value());
        }
    }

    @Test
    void closingTheKeyOfAnOwnWrapErasesIt() {
        SelfWrapKey own = SelfWrapKey.make(forgetting, forgetting.identity().privateKey(), NOW, random);
        own.close();
        assertThatIllegalStateException().isThrownBy(() -> own.usedBy(EPOCH, forgetting, NOW));
    }

    @Test
    void ownWrapsLeaveRoomForTheKeysThatOthersWrapTo() {
        assertThat(SelfWrapKey.isDue(withOwnWraps(959))).isTrue();
        assertThat(SelfWrapKey.isDue(withOwnWraps(960))).isFalse();
    }

    /** With so many keys in all; those that are added open nothing. */
    private Keyring withOwnWraps(int count) {
        List<KemKey> keys = new ArrayList<>(forgetting.kemKeys().all());
        while (keys.size() < count) {
            byte[] id = new byte[32];
            random.nextBytes(id);
            SecretBytes seed = SecretBytes.random(random, 64);
            keys.add(new KemKey(seed, new KeyId(Bytes.adopt(id)), KemKey.OF_OWN_WRAP, NOW));
        }
        return forgetting.withKemKeys(forgetting.kemKeys().with(keys));
    }
}
