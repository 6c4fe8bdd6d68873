package dev.pychat.keyring;

import static dev.pychat.keyring.TestKeyrings.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.secret.MlKemPrivateKey;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeyId;
import dev.pychat.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class VaultedKemKeysTest {

    private final SeededRandom random = new SeededRandom(3);
    private final Keyring phone = withKeys(TestKeyrings.fresh(random));
    private final Keyring laptop = withKeys(TestKeyrings.fresh(random));

    @Test
    void theKeysOfAllDevicesComeOutOfTheVault() throws Exception {
        List<VaultEntry> entries = new ArrayList<>(VaultedKemKeys.of(phone));
        entries.addAll(VaultedKemKeys.of(laptop));
        VaultedKemKeys vaulted = VaultedKemKeys.in(vault(entries));
        assertThat(entries).hasSize(4);
        for (Keyring each : List.of(phone, laptop)) {
            for (KemKey key : each.kemKeys().all()) {
                assertThat(vaulted.byId(key.id()).map(MlKemPrivateKey::publicKey))
                        .contains(key.open().publicKey());
            }
        }
        assertThat(vaulted.byId(new KeyId(Bytes.fromHex("00".repeat(32))))).isEmpty();
    }

    @Test
    void erasedKeysAndOtherEntriesAreLeftAside() throws Exception {
        VaultEntry key = VaultedKemKeys.of(phone).get(0);
        VaultEntry erased = new VaultEntry(VaultTypes.KEM_KEY, key.key(), 2, true, SecretBytes.adopt(new byte[0]));
        VaultEntry other = new VaultEntry(900, Bytes.EMPTY, 1, false, SecretBytes.adopt(new byte[3]));
        assertThat(VaultedKemKeys.in(vault(List.of(erased, other)))).hasToString("0 ML-KEM keys of an account");
    }

    @Test
    void anEntryThatMakesNoSenseIsRefused() {
        VaultEntry key = VaultedKemKeys.of(phone).get(0);
        for (SecretBytes value : List.of(SecretBytes.adopt(new byte[79]), SecretBytes.adopt(new byte[81]))) {
            VaultEntry broken = new VaultEntry(VaultTypes.KEM_KEY, key.key(), 1, false, value);
            assertThatThrownBy(() -> VaultedKemKeys.in(vault(List.of(broken)))).isInstanceOf(UnreadableException.class);
        }
        VaultEntry unnamed = new VaultEntry(VaultTypes.KEM_KEY, Bytes.fromHex("01"), 1, false, key.value());
        assertThatThrownBy(() -> VaultedKemKeys.in(vault(List.of(unnamed)))).isInstanceOf(UnreadableException.class);
    }

    @Test
    void closingErasesThem() throws Exception {
        VaultedKemKeys vaulted = VaultedKemKeys.in(vault(VaultedKemKeys.of(phone)));
        vaulted.close();
        KeyId id = phone.kemKeys().all().get(0).id();
        assertThatIllegalStateException().isThrownBy(() -> vaulted.byId(id));
    }

    @Test
    void deviceThatJoinsLaterHoldsTheKeysOfTheOthersAndPassesThemOn() throws Exception {
        Keyring tablet = joined(TestKeyrings.fresh(random), phone);
        assertThat(tablet.vaultedKemKeys().ids()).isEqualTo(ids(phone));
        assertThat(tablet.kemKeys().all()).isEmpty();
        Keyring watch = joined(TestKeyrings.fresh(random), tablet);
        assertThat(watch.vaultedKemKeys().ids()).isEqualTo(ids(phone));
        Keyring both = joined(watch, laptop);
        assertThat(both.vaultedKemKeys().ids()).containsAll(ids(phone)).containsAll(ids(laptop));
        assertThat(both.vaultedKemKeys().size()).isEqualTo(4);
    }

    @Test
    void keysOfOthersAreKeptInTheFile() throws Exception {
        SecretBytes key = SecretBytes.random(random, 32);
        Keyring tablet = joined(laptop, phone);
        Keyring opened = Keyring.open(key, tablet.seal(key, random), TestKeyrings.TESTS);
        KeyId id = phone.kemKeys().all().get(0).id();
        assertThat(opened.vaultedKemKeys().byId(id).map(MlKemPrivateKey::publicKey))
                .contains(phone.kemKeys().all().get(0).open().publicKey());
        assertThat(opened.holdsTheSameKeysAs(tablet)).isTrue();
    }

    @Test
    void ownKeyThatWasUsedIsKeptForOldEpochsAndServesNoOther() throws Exception {
        KeyId used = phone.kemKeys().all().get(1).id();
        Keyring after = phone.withUsed(Set.of(used));
        assertThat(after.kemKeys().byId(used)).isEmpty();
        assertThat(OneTimeSigner.sign(after, 1)).isEmpty();
        assertThat(after.vaultedKemKeys().ids()).containsExactly(used);
        assertThat(VaultedKemKeys.of(after)).hasSize(2);
        Keyring again = joined(after, phone);
        assertThat(again.holdsTheSameKeysAs(after)).isTrue();
        assertThat(again.kemKeys().all()).hasSize(1);
    }

    @Test
    void keyUnderAnotherKeysNameIsLeftAside() throws Exception {
        VaultEntry key = VaultedKemKeys.of(phone).get(0);
        VaultEntry other = VaultedKemKeys.of(laptop).get(0);
        List<VaultEntry> entries = new ArrayList<>(VaultedKeys.of(TestKeyrings.fresh(random)));
        entries.add(new VaultEntry(VaultTypes.KEM_KEY, key.key(), 1, false, other.value()));
        Keyring joined = VaultedKeys.join(laptop, vault(entries), TestKeyrings.TESTS, NOW);
        assertThat(joined.vaultedKemKeys().byId(new KeyId(key.key()))).isEmpty();
    }

    @Test
    void oneTimeKeysOfAFormerIdentityOnlyOpenWhatTheyHaveServed() throws Exception {
        KeyId lastResort = phone.kemKeys().all().get(0).id();
        KeyId oneTime = phone.kemKeys().all().get(1).id();
        try (Identity next = Identity.generate(random)) {
            Keyring renewed = phone.withIdentity(next, NOW);
            Keyring told = joined(phone, renewed.withIdentity(next, NOW.plusSeconds(1)));
            for (Keyring each : List.of(renewed, told)) {
                assertThat(each.kemKeys().all().stream().map(KemKey::id)).containsExactly(lastResort);
                assertThat(each.vaultedKemKeys().ids()).containsExactly(oneTime);
                assertThat(OneTimeSigner.sign(each, 1)).isEmpty();
                assertThat(each.kemKeys().lastNumber()).isEqualTo(1);
            }
        }
    }

    @Test
    void whatABackupHoldsJoinsWhatIsThere() throws Exception {
        Keyring tablet = joined(TestKeyrings.fresh(random), laptop);
        try (Vault opening = VaultedKeys.openingKeys(vault(VaultedKeys.of(phone)), tablet)) {
            Keyring after = VaultedKeys.join(tablet, opening, TestKeyrings.TESTS, NOW);
            assertThat(after.vaultedKemKeys().ids()).containsAll(ids(phone)).containsAll(ids(laptop));
        }
    }

    @Test
    void lastResortKeyThatACopyOfTheDeviceOffersIsAsGoodAsTheOwn() throws Exception {
        Keyring copy = phone.withKemKeys(phone.kemKeys().withLastResort(NOW.plusSeconds(9), random));
        KeyBundle theirs = copy.nextBundle(NOW);
        assertThat(phone.offersPresentKeys(theirs)).isFalse();
        assertThat(joined(phone, copy).offersPresentKeys(theirs)).isTrue();
    }

    private static Set<KeyId> ids(Keyring of) {
        return of.kemKeys().all().stream().map(KemKey::id).collect(Collectors.toSet());
    }

    private static Keyring joined(Keyring device, Keyring other) throws UnreadableException {
        return VaultedKeys.join(device, vault(VaultedKeys.of(other)), TestKeyrings.TESTS, NOW);
    }

    private static Vault vault(List<VaultEntry> entries) {
        return new Vault(1, Bytes.adopt(new byte[32]), entries.stream().sorted().toList());
    }

    private Keyring withKeys(Keyring of) {
        return of.withKemKeys(of.kemKeys().withLastResort(NOW, random).withOneTime(1, NOW, random));
    }
}
