package dev.pychat.keyring;

import static dev.pychat.keyring.TestKeyrings.ANN;
import static dev.pychat.keyring.TestKeyrings.HEADER;
import static dev.pychat.keyring.TestKeyrings.NOW;
import static dev.pychat.keyring.TestKeyrings.REALM;
import static dev.pychat.keyring.TestKeyrings.TESTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.TestKeys;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.Fingerprint;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.Succession;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose a vault is, what two devices of an account agree on, and in which order. */
class AccountsKeyringTest {

    private final SeededRandom random = new SeededRandom(1);
    private final Keyring keyring = TestKeyrings.fresh(random);

    @Test
    void aVaultIsOfTheAccountWhoseIdentityItHoldsOrHeld() throws Exception {
        Keyring stranger = TestKeyrings.fresh(random);
        try (Identity next = Identity.generate(random)) {
            Keyring renewed = keyring.withIdentity(next, NOW);
            assertThat(VaultedKeys.isOf(vault(keyring), keyring)).isTrue();
            assertThat(VaultedKeys.isOf(vault(renewed), keyring)).isTrue();
            assertThat(VaultedKeys.isOf(vault(keyring), renewed)).isFalse();
            assertThat(VaultedKeys.isOf(vault(stranger), renewed)).isFalse();
            assertThat(VaultedKeys.isOf(vault(stranger.withIdentity(next, NOW)), keyring))
                    .isFalse();
            assertThat(VaultedKeys.holdsAnIdentityOf(vault(keyring), renewed)).isTrue();
            assertThat(VaultedKeys.holdsAnIdentityOf(vault(renewed), renewed)).isTrue();
            assertThat(VaultedKeys.holdsAnIdentityOf(vault(renewed), keyring)).isFalse();
            assertThat(VaultedKeys.holdsAnIdentityOf(vault(stranger), renewed)).isFalse();
            assertThat(renewed.isOurs(keyring.identity().publicKey())).isTrue();
            assertThat(renewed.isOurs(stranger.identity().publicKey())).isFalse();
        }
    }

    @Test
    void aVaultWithoutAnIdentityIsNobodys() {
        Vault vault = new Vault(1, Vault.NO_PREDECESSOR, List.of());
        assertThatThrownBy(() -> VaultedKeys.isOf(vault, keyring))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("no identity");
        assertThatThrownBy(() -> VaultedKeys.holdsAnIdentityOf(vault, keyring))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("no identity");
    }

    @Test
    void pastIdentitiesAndWrappingKeysComeBackInTheOrderInWhichTheyWereMade() throws Exception {
        Keyring grown = keyring;
        for (int i = 2; i <= 6; i++) {
            grown = grown.withIdentity(Identity.generate(random), NOW.plusSeconds(i))
                    .withWrappingKey(TestKeyrings.key(i));
        }
        Keyring restored = restored(grown);
        assertThat(restored.pastIdentities()).isEqualTo(grown.pastIdentities()).hasSize(5);
        assertThat(ids(restored)).isEqualTo(ids(grown)).hasSize(6);
        assertThat(VaultedKeys.join(keyring, vault(grown), TESTS, NOW).pastIdentities())
                .isEqualTo(grown.pastIdentities());
    }

    @Test
    void keysThatWereMadeAtOnceStandInTheOrderOfTheirIds() throws Exception {
        List<WrappingKey> made = new ArrayList<>();
        Keyring grown = keyring;
        for (int i = 2; i <= 4; i++) {
            WrappingKey key = new WrappingKey(TestKeys.rsa(i), NOW.plusSeconds(9));
            made.add(key);
            grown = grown.withWrappingKey(key);
        }
        List<Object> ordered =
                new ArrayList<>(List.of(keyring.currentWrappingKey().id()));
        made.stream()
                .map(key -> key.id().value())
                .sorted()
                .forEach(value -> ordered.add(new dev.pychat.key.KeyId(value)));
        assertThat(ids(restored(grown))).isEqualTo(ordered);
        assertThat(ids(VaultedKeys.join(keyring.withWrappingKey(made.get(2)), vault(grown), TESTS, NOW)))
                .isEqualTo(ordered);
    }

    @Test
    void theNewerOfTwoBundlesIsKeptWhicheverDeviceHasIt() throws Exception {
        Keyring first = keyring.withBundle(keyring.nextBundle(NOW));
        Keyring second = first.withBundle(first.nextBundle(NOW));
        assertThat(VaultedKeys.join(first, vault(second), TESTS, NOW).bundle()).isEqualTo(second.bundle());
        assertThat(VaultedKeys.join(second, vault(first), TESTS, NOW).bundle()).isEqualTo(second.bundle());
        assertThat(VaultedKeys.join(keyring, vault(first), TESTS, NOW).bundle()).isEqualTo(first.bundle());
    }

    @Test
    void keyringsHoldTheSameKeysOrTellApart() throws Exception {
        Keyring published = keyring.withBundle(keyring.nextBundle(NOW));
        Keyring other = TestKeyrings.fresh(random).withKemKeys(KemKeys.NONE.withLastResort(NOW, random));
        assertThat(keyring.holdsTheSameKeysAs(VaultedKeys.join(keyring, vault(keyring), TESTS, NOW)))
                .isTrue();
        assertThat(keyring.holdsTheSameKeysAs(TestKeyrings.fresh(random))).isFalse();
        assertThat(keyring.holdsTheSameKeysAs(published)).isFalse();
        assertThat(keyring.holdsTheSameKeysAs(keyring.withWrappingKey(TestKeyrings.key(2))))
                .isFalse();
        assertThat(keyring.holdsTheSameKeysAs(keyring.withIdentity(keyring.identity(), NOW)))
                .isFalse();
        Keyring withTheirs = VaultedKeys.join(other.withKemKeys(KemKeys.NONE), vault(other), TESTS, NOW);
        assertThat(withTheirs.holdsTheSameKeysAs(other.withKemKeys(KemKeys.NONE)))
                .isFalse();
    }

    @Test
    void aSeenVaultIsSeenAgainAndNeverAnEarlierOne() {
        SeenVault third = new SeenVault(3, Bytes.fromHex("33".repeat(32)));
        Keyring seen = keyring.withSeenVault(third);
        assertThat(seen.withSeenVault(third).seenVault()).isEqualTo(third);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> seen.withSeenVault(new SeenVault(2, Bytes.fromHex("22".repeat(32)))))
                .withMessage("vault version 2 after 3 has been seen");
    }

    @Test
    void anAccountHasUpToSixtyFourPastIdentities() {
        Keyring many = keyring;
        for (int i = 0; i < 64; i++) {
            many = many.withIdentity(keyring.identity(), NOW);
        }
        Keyring full = many;
        assertThat(full.pastIdentities()).hasSize(64);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> full.withIdentity(keyring.identity(), NOW))
                .withMessageContaining("65 past identities, allowed are 0 to 64");
    }

    @Test
    void anIdentitySignsWhoFollowsIt() {
        Identity before = keyring.identity();
        try (Identity next = Identity.generate(random)) {
            Succession statement = before.succeededBy(REALM, ANN, next.publicKey(), NOW.plusNanos(1));
            Keyring renewed = keyring.withIdentity(next, NOW);
            assertThat(Succession.in(renewed.nextBundle(NOW, BundleChange.succession(statement))))
                    .contains(statement);
            assertThat(Succession.in(renewed.nextBundle(NOW))).isEmpty();
            assertThat(statement.time()).isEqualTo(NOW);
        }
    }

    @Test
    void theBundleOfTheNextIdentityStillListsTheOtherDevices() {
        try (Identity next = Identity.generate(random)) {
            Keyring listed = keyring.withKemKeys(keyring.kemKeys().withLastResort(NOW, random));
            KeyBundle last = listed.nextBundle(NOW);
            Keyring other = keyring.withBundle(last).withIdentity(next, NOW);
            Succession statement = keyring.identity().succeededBy(REALM, ANN, next.publicKey(), NOW);
            KeyBundle bundle = other.nextBundle(NOW, BundleChange.succession(statement));
            assertThat(bundle.fields().sections())
                    .containsAll(last.fields().sections())
                    .contains(statement.section())
                    .hasSize(3);
        }
    }

    @Test
    void anIdentityIsShownByItsFingerprint() {
        Identity identity = keyring.identity();
        assertThat(identity.fingerprint()).isEqualTo(Fingerprint.of(identity.publicKey()));
        assertThat(identity).hasToString("identity " + identity.fingerprint());
        assertThat(keyring).hasToString("keyring of ann on device " + keyring.device());
        Bytes signed = identity.privateKey().sign(Label.SUCCESSION, Bytes.EMPTY);
        assertThat(identity.publicKey().verifies(Label.SUCCESSION, Bytes.EMPTY, signed))
                .isTrue();
    }

    @Test
    void anEntryThatGoesOnAfterItsEndIsRefused() {
        List<VaultEntry> entries = new ArrayList<>(VaultedKeys.of(keyring));
        Bytes identity = keyring.identity().publicKey().value();
        entries.add(new VaultEntry(VaultTypes.PAST_IDENTITY, identity, 1, false, SecretBytes.adopt(new byte[9])));
        Vault vault =
                new Vault(1, Vault.NO_PREDECESSOR, entries.stream().sorted().toList());
        assertThatThrownBy(() -> VaultedKeys.join(keyring, vault, TESTS, NOW))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("an entry of type 2 that can't be read");
    }

    private Keyring restored(Keyring from) throws UnreadableException {
        try (SecretBytes deviceKey = SecretBytes.random(random, 32)) {
            return VaultedKeys.restore(
                    HEADER, vault(from), DeviceId.random(random), deviceKey, TESTS, () -> TestKeyrings.key(9));
        }
    }

    private static Vault vault(Keyring keyring) {
        return new Vault(
                1,
                Vault.NO_PREDECESSOR,
                VaultedKeys.of(keyring).stream().sorted().toList());
    }

    private static List<?> ids(Keyring keyring) {
        return keyring.wrappingKeys().stream().map(WrappingKey::id).toList();
    }
}
