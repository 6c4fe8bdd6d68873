package dev.pychat.keyring;

import static dev.pychat.keyring.TestKeyrings.ANN;
import static dev.pychat.keyring.TestKeyrings.HEADER;
import static dev.pychat.keyring.TestKeyrings.NOW;
import static dev.pychat.keyring.TestKeyrings.REALM;
import static dev.pychat.keyring.TestKeyrings.TESTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.crypto.secret.UnsealException;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import java.util.List;
import org.junit.jupiter.api.Test;

class VaultedKeysTest {

    private static final VaultMerge MERGE = new VaultMerge((entry, one, other) -> one);

    private final SeededRandom random = new SeededRandom(2);
    private final SecretBytes key = SecretBytes.random(random, 32);
    private final SecretBytes deviceKey = SecretBytes.random(random, 32);
    private final DeviceId device = DeviceId.random(random);
    private final Keyring grown = TestKeyrings.grown(random);

    @Test
    void newDeviceGetsEverythingButWhatIsTheOldOnesOwn() throws Exception {
        Keyring restored =
                VaultedKeys.restore(HEADER, vault(grown), device, deviceKey, TESTS, () -> TestKeyrings.key(9));
        assertThat(restored.identity().publicKey()).isEqualTo(grown.identity().publicKey());
        assertThat(restored.pastIdentities()).isEqualTo(grown.pastIdentities());
        assertThat(ids(restored)).isEqualTo(ids(grown));
        assertThat(restored.bundle()).isEqualTo(grown.bundle());
        assertThat(restored.device()).isEqualTo(device);
        Bytes record = restored.deviceSealer(random).seal(Label.DRAFT, Bytes.EMPTY, new byte[1]);
        assertThatThrownBy(() -> grown.deviceSealer(random).open(Label.DRAFT, Bytes.EMPTY, record))
                .isInstanceOf(UnsealException.class);
    }

    @Test
    void vaultHoldsNeitherDeviceKeyNorDeviceIdOfRecords() {
        try (SecretBytes own = grown.content().deviceKey().copy()) {
            assertThat(VaultedKeys.of(grown)).noneMatch(entry -> entry.value().equals(own));
        }
    }

    @Test
    void twoDevicesThatEachMadeAKeyHaveBothAfterwards() throws Exception {
        Keyring one = grown.withWrappingKey(TestKeyrings.key(3));
        Keyring other = grown.withWrappingKey(TestKeyrings.key(4));
        Keyring joined = VaultedKeys.join(one, vault(other), TESTS, NOW);
        assertThat(joined.wrappingKey(TestKeyrings.key(3).id())).isPresent();
        assertThat(joined.wrappingKey(TestKeyrings.key(4).id())).isPresent();
        assertThat(joined.currentWrappingKey().id())
                .isEqualTo(TestKeyrings.key(4).id());
        assertThat(joined.device()).isEqualTo(grown.device());
        assertThat(joined.seenVault()).isEqualTo(grown.seenVault());
        try (SecretBytes before = grown.content().deviceKey().copy()) {
            assertThat(joined.content().deviceKey()).isEqualTo(before);
        }
    }

    @Test
    void identityThatAnotherDeviceMadeTakesOverAndOursIsPast() throws Exception {
        try (Identity next = Identity.generate(random)) {
            Keyring renewed = grown.withIdentity(next, NOW.plusSeconds(90));
            Keyring joined = VaultedKeys.join(grown, vault(renewed), TESTS, NOW);
            assertThat(joined.identity().publicKey()).isEqualTo(next.publicKey());
            assertThat(joined.isOurs(grown.identity().publicKey())).isTrue();
            assertThat(joined.pastIdentities()).hasSize(2);
            Keyring back = VaultedKeys.join(renewed, vault(grown), TESTS, NOW);
            assertThat(back.identity().publicKey()).isEqualTo(next.publicKey());
        }
    }

    @Test
    void twoIdentitiesMadeAtOnceEndAsOneOnBothSides() throws Exception {
        try (Identity one = Identity.generate(random);
                Identity other = Identity.generate(random)) {
            Keyring here = grown.withIdentity(one, NOW.plusSeconds(90));
            Keyring there = grown.withIdentity(other, NOW.plusSeconds(91));
            Vault merged = new Vault(1, Vault.NO_PREDECESSOR, MERGE.merge(VaultedKeys.of(here), VaultedKeys.of(there)));
            Keyring first = VaultedKeys.join(here, merged, TESTS, NOW);
            Keyring second = VaultedKeys.join(there, merged, TESTS, NOW);
            assertThat(first.identity().publicKey()).isEqualTo(second.identity().publicKey());
            assertThat(first.isOurs(one.publicKey())).isTrue();
            assertThat(second.isOurs(other.publicKey())).isTrue();
        }
    }

    @Test
    void vaultWithoutAnIdentityOrAKeyRestoresNothing() {
        for (int missing : new int[] {VaultTypes.IDENTITY, VaultTypes.WRAPPING_KEY}) {
            List<VaultEntry> rest = MERGE.merge(VaultedKeys.of(grown), List.of()).stream()
                    .filter(entry -> entry.type() != missing)
                    .toList();
            Vault vault = new Vault(1, Vault.NO_PREDECESSOR, rest);
            assertThatThrownBy(() ->
                            VaultedKeys.restore(HEADER, vault, device, deviceKey, TESTS, () -> TestKeyrings.key(9)))
                    .isInstanceOf(UnreadableException.class);
        }
    }

    @Test
    void entryThatMakesNoSenseIsToldWithoutItsContent() {
        VaultEntry senseless =
                new VaultEntry(VaultTypes.WRAPPING_KEY, Bytes.EMPTY, 1, false, SecretBytes.adopt(new byte[] {1, 2, 3}));
        Vault vault = new Vault(1, Vault.NO_PREDECESSOR, MERGE.merge(VaultedKeys.of(grown), List.of(senseless)));
        assertThatThrownBy(
                        () -> VaultedKeys.restore(HEADER, vault, device, deviceKey, TESTS, () -> TestKeyrings.key(9)))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("type 3")
                .hasNoCause();
    }

    private Vault vault(Keyring keyring) throws Exception {
        List<VaultEntry> entries = MERGE.merge(VaultedKeys.of(keyring), List.of());
        Bytes sealed = new Vault(1, Vault.NO_PREDECESSOR, entries).seal(key, false, REALM, ANN, random);
        return Vault.open(key, REALM, ANN, sealed);
    }

    private static List<?> ids(Keyring keyring) {
        return keyring.wrappingKeys().stream().map(WrappingKey::id).toList();
    }
}
