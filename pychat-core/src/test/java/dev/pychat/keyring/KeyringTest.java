package dev.pychat.keyring;

import static dev.pychat.keyring.TestKeyrings.ANN;
import static dev.pychat.keyring.TestKeyrings.HEADER;
import static dev.pychat.keyring.TestKeyrings.NOW;
import static dev.pychat.keyring.TestKeyrings.REALM;
import static dev.pychat.keyring.TestKeyrings.TESTS;
import static dev.pychat.keyring.TestKeyrings.fresh;
import static dev.pychat.keyring.TestKeyrings.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.TestKeys;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.key.BundleFields;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeyId;
import dev.pychat.key.KeySection;
import dev.pychat.key.Suite;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyringTest {

    private final SeededRandom random = new SeededRandom(1);
    private final Keyring keyring = fresh(random);

    @Test
    void aNewKeyringHasOneIdentityOneWrappingKeyAndNoBundle() {
        assertThat(keyring.realm()).isEqualTo(REALM);
        assertThat(keyring.username()).isEqualTo(ANN);
        assertThat(keyring.device()).isNotEqualTo(DeviceId.ACCOUNT);
        assertThat(keyring.pastIdentities()).isEmpty();
        assertThat(keyring.wrappingKeys()).hasSize(1);
        assertThat(keyring.bundle()).isEmpty();
        assertThat(keyring.seenVault()).isEqualTo(SeenVault.NONE);
    }

    @Test
    void theFirstBundlePassesAllChecksForSixtyDays() throws Exception {
        KeyBundle first = keyring.nextBundle(NOW);
        assertThat(first.fields().serial()).isEqualTo(1);
        assertThat(first.fields().predecessor()).isEqualTo(BundleFields.NO_PREDECESSOR);
        assertThat(first.fields().notAfter()).isEqualTo(NOW.plus(Duration.ofDays(60)));
        assertThat(first.check(REALM, ANN, TESTS).wrappingKey())
                .isEqualTo(TestKeys.rsa(1).publicKey());
        first.checkTime(NOW);
    }

    @Test
    void theNextBundleFollowsTheLastAndOffersTheNewestKey() throws Exception {
        KeyBundle first = keyring.nextBundle(NOW);
        try (Keyring published = keyring.withBundle(first);
                Keyring rotated = published.withWrappingKey(key(2))) {
            KeyBundle second = rotated.nextBundle(NOW.plusSeconds(5));
            second.checkSucceeds(first);
            assertThat(second.fields().serial()).isEqualTo(2);
            assertThat(second.check(REALM, ANN, TESTS).wrappingKey())
                    .isEqualTo(TestKeys.rsa(2).publicKey());
        }
    }

    @Test
    void theHistoryPolicyIsThatOfTheLastBundle() throws Exception {
        HistoryPolicy week = HistoryPolicy.forgetAfter(Duration.ofDays(7));
        assertThat(keyring.historyPolicy()).isEqualTo(HistoryPolicy.KEEP);
        try (Keyring first = keyring.withBundle(keyring.nextBundle(NOW));
                Keyring forgetting = first.withBundle(first.nextBundle(NOW, BundleChange.policy(week)));
                Keyring still = forgetting.withBundle(forgetting.nextBundle(NOW));
                Keyring keeping = still.withBundle(still.nextBundle(NOW, BundleChange.policy(HistoryPolicy.KEEP)))) {
            assertThat(first.historyPolicy()).isEqualTo(HistoryPolicy.KEEP);
            assertThat(forgetting.historyPolicy()).isEqualTo(week);
            assertThat(still.historyPolicy()).isEqualTo(week);
            assertThat(keeping.historyPolicy()).isEqualTo(HistoryPolicy.KEEP);
            assertThat(keeping.bundle()
                            .orElseThrow()
                            .check(REALM, ANN, TESTS)
                            .bundle()
                            .fields()
                            .sections())
                    .hasSize(1);
        }
    }

    @Test
    void whatAnotherDeviceAddedToTheBundleIsCarriedOver() throws Exception {
        KeyBundle first = keyring.nextBundle(NOW);
        BundleFields was = first.fields();
        KeySection unknown = new KeySection(new Suite(9), keyring.device(), Bytes.fromHex("0a0b"));
        BundleFields extended = new BundleFields(
                REALM,
                ANN,
                was.identity(),
                2,
                first.hash(),
                was.notBefore(),
                was.notAfter(),
                List.of(Suite.RSA, new Suite(9)),
                List.of(was.sections().get(0), unknown));
        KeyBundle second = extended.sign(bytes -> keyring.identity().sign(Label.BUNDLE_SIGNATURE, bytes));
        try (Keyring published = keyring.withBundle(second)) {
            KeyBundle third = published.nextBundle(NOW);
            assertThat(third.fields().suites()).containsExactly(Suite.RSA, new Suite(9));
            assertThat(third.fields().sections()).contains(unknown).hasSize(2);
            third.checkSucceeds(second);
        }
    }

    @Test
    void anothersBundleIsNotKept() {
        KeyringHeader bob =
                new KeyringHeader(REALM, new dev.pychat.model.Username("bob"), HEADER.salt(), HEADER.cost());
        try (Keyring other = Keyring.create(bob, source -> TestKeys.rsa(2), NOW, random)) {
            KeyBundle bundle = other.nextBundle(NOW);
            assertThatIllegalArgumentException().isThrownBy(() -> keyring.withBundle(bundle));
        }
    }

    @Test
    void pastWrappingKeysAreStillFound() {
        try (Keyring rotated = keyring.withWrappingKey(key(2))) {
            assertThat(rotated.currentWrappingKey().id())
                    .isEqualTo(KeyId.of(TestKeys.rsa(2).publicKey()));
            assertThat(rotated.wrappingKey(keyring.currentWrappingKey().id())).isPresent();
            assertThat(rotated.wrappingKey(rotated.currentWrappingKey().id())).isPresent();
            assertThat(rotated.wrappingKey(key(3).id())).isEmpty();
        }
        assertThat(keyring.wrappingKeys()).hasSize(1);
    }

    @Test
    void aWrappingKeyIsShownByItsId() {
        assertThat(key(2))
                .hasToString("wrapping key " + KeyId.of(TestKeys.rsa(2).publicKey()));
    }

    @Test
    void theLastWrappingKeyStays() {
        Set<KeyId> only = Set.of(keyring.currentWrappingKey().id());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keyring.content().without(only))
                .withMessage("keyring: 0 wrapping keys, allowed are 1 to 240");
    }

    @Test
    void aWrappingKeyIsHeldOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> keyring.withWrappingKey(key(1)));
    }

    @Test
    void pastIdentitiesAreStillOurs() {
        try (Identity next = Identity.generate(random);
                Keyring renewed = keyring.withIdentity(next, NOW)) {
            assertThat(renewed.identity().publicKey()).isEqualTo(next.publicKey());
            assertThat(renewed.pastIdentities())
                    .containsExactly(new PastIdentity(keyring.identity().publicKey(), NOW));
            assertThat(renewed.isOurs(keyring.identity().publicKey())).isTrue();
            assertThat(renewed.isOurs(next.publicKey())).isTrue();
            assertThat(keyring.isOurs(next.publicKey())).isFalse();
        }
    }

    @Test
    void aNewPassphraseChangesTheHeaderOnly() {
        Bytes salt = Bytes.fromHex("08".repeat(32));
        try (Keyring changed = keyring.withPassword(salt, PasswordCost.RECOMMENDED)) {
            assertThat(changed.header()).isEqualTo(new KeyringHeader(REALM, ANN, salt, PasswordCost.RECOMMENDED));
            assertThat(changed.identity().publicKey())
                    .isEqualTo(keyring.identity().publicKey());
        }
    }

    @Test
    void anOlderVaultIsNotTakenForTheNewest() {
        try (Keyring seen = keyring.withSeenVault(new SeenVault(5, Bytes.fromHex("55".repeat(32))))) {
            assertThat(seen.seenVault().version()).isEqualTo(5);
            assertThatIllegalArgumentException().isThrownBy(() -> seen.withSeenVault(SeenVault.NONE));
        }
    }

    @Test
    void aChangedKeyringOutlivesTheOneItCameFrom() {
        Keyring changed = keyring.withWrappingKey(key(2));
        keyring.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> keyring.identity().sign(Label.MESSAGE_SIGNATURE, Bytes.EMPTY));
        assertThatIllegalStateException().isThrownBy(() -> keyring.deviceSealer(random));
        assertThat(changed.identity().sign(Label.MESSAGE_SIGNATURE, Bytes.EMPTY).size())
                .isEqualTo(64);
        changed.close();
    }
}
