package dev.pychat.keyring;

import static dev.pychat.keyring.TestKeyrings.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.KeyId;
import dev.pychat.key.KeySection;
import dev.pychat.key.Suite;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.EpochName;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many ML-KEM keys there are, which are still unused, and what becomes of them in an account with several devices. */
class KemPoolTest {

    private static final EpochName EPOCH = new EpochName(Bytes.fromHex("ee".repeat(32)));

    private final SeededRandom random = new SeededRandom(1);
    private final KemKeys three = KemKeys.NONE.withLastResort(NOW, random).withOneTime(3, NOW, random);

    @Test
    void keysWithoutAUseAreCountedFromTheNewestDown() {
        assertThat(KemKeys.NONE.unused()).isZero();
        assertThat(KemKeys.NONE.newestUnused()).isEqualTo(1);
        assertThat(three.unused()).isEqualTo(3);
        assertThat(three.newestUnused()).isEqualTo(1);
        KemKeys used = used(three, 2);
        assertThat(used.unused()).isEqualTo(2);
        assertThat(used.newestUnused()).isEqualTo(3);
        assertThat(used(used, 3).newestUnused()).isEqualTo(4);
        assertThat(three).hasToString("4 ML-KEM keys");
    }

    @Test
    void theLastResortKeyIsNoneOfThePoolAndHasNoUse() {
        KemKey last = three.lastResort().orElseThrow();
        assertThat(last).hasToString("last-resort key " + last.id());
        assertThat(three.all().get(1))
                .hasToString("one-time key 1 " + three.all().get(1).id());
        KemKeys used = three.withUse(new OneTimeUse(last.id(), EPOCH, NOW));
        assertThat(used.useOf(last.id())).isEmpty();
        KemKeys renewed = three.withLastResort(NOW, random);
        assertThat(renewed.all()).hasSize(5);
        assertThat(renewed.byId(last.id())).isPresent();
    }

    @Test
    void aDeviceHoldsUpTo1024Keys() {
        assertThat(new KemKeys(keys(1024), 1024, List.of()).all()).hasSize(1024);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KemKeys(keys(1025), 1025, List.of()))
                .withMessageContaining("allowed are 1024");
    }

    @Test
    void ofTheKeysInAVaultTheNewest2048Stay() throws Exception {
        assertThat(VaultedKemKeys.in(vault(2048)).ids()).hasSize(2048);
        Set<KeyId> ids = VaultedKemKeys.in(vault(2051)).ids();
        assertThat(ids).hasSize(2048);
        // Made at the same moment are 0 and 1, and 2 and 3: of 2 and 3 the lower name goes.
        assertThat(ids).doesNotContain(id(0), id(1), id(2)).contains(id(3), id(4), id(2050));
    }

    @Test
    void aDeviceThatFollowsToAnotherIdentityKeepsItsOneTimeKeysOutOfThePool() throws Exception {
        Keyring plain = TestKeyrings.fresh(random);
        Keyring phone = plain.withKemKeys(three.copy());
        try (Identity next = Identity.generate(random)) {
            Keyring renewed = plain.withIdentity(next, NOW.plusSeconds(9));
            Keyring joined = join(phone, renewed);
            assertThat(joined.kemKeys().all()).singleElement().matches(KemKey::isLastResort);
            Set<KeyId> given = three.all().stream()
                    .filter(key -> !key.isLastResort())
                    .map(KemKey::id)
                    .collect(Collectors.toSet());
            assertThat(joined.vaultedKemKeys().ids()).isEqualTo(given);
        }
    }

    @Test
    void keysOfOtherDevicesStayThroughEveryChangeAndAreErasedWithTheKeyring() throws Exception {
        Keyring phone = TestKeyrings.fresh(random).withKemKeys(three.copy());
        KeyId theirs = three.all().get(0).id();
        Keyring tablet = join(TestKeyrings.fresh(random), phone);
        Keyring changed = tablet.withSeenVault(new SeenVault(1, Bytes.fromHex("11".repeat(32))))
                .withKemKeys(KemKeys.NONE.withOneTime(1, NOW, random));
        KeyId own = changed.kemKeys().all().get(0).id();
        Keyring used = changed.withUsed(Set.of(own));
        assertThat(used.vaultedKemKeys().ids()).hasSize(5).contains(theirs, own);
        used.close();
        assertThatIllegalStateException().isThrownBy(() -> used.vaultedKemKeys().byId(theirs));
        assertThat(changed.vaultedKemKeys().byId(theirs)).isPresent();
    }

    @Test
    void aBundleWithTheKeysOfOtherDevicesDoesNotOfferTheOwn() throws Exception {
        Keyring phone = TestKeyrings.fresh(random).withKemKeys(three.copy());
        Keyring tablet = join(TestKeyrings.fresh(random), phone);
        assertThat(tablet.offersPresentKeys(phone.nextBundle(NOW))).isTrue();
        Keyring withOwn = tablet.withKemKeys(KemKeys.NONE.withLastResort(NOW, random));
        assertThat(withOwn.offersPresentKeys(phone.nextBundle(NOW))).isFalse();
    }

    @Test
    void aSectionThatHoldsNoKeyIsNotHeld() {
        KeySection broken = new KeySection(Suite.HYBRID, DeviceId.random(random), Bytes.fromHex("ff".repeat(1184)));
        assertThat(VaultedKemKeys.none().holds(broken)).isFalse();
    }

    private static Keyring join(Keyring device, Keyring other) throws UnreadableException {
        List<VaultEntry> entries = VaultedKeys.of(other).stream().sorted().toList();
        return VaultedKeys.join(device, new Vault(1, Vault.NO_PREDECESSOR, entries), TestKeyrings.TESTS, NOW);
    }

    private static KemKeys used(KemKeys keys, long number) {
        KemKey key = keys.all().stream()
                .filter(each -> each.number() == number)
                .findAny()
                .orElseThrow();
        return keys.withUse(new OneTimeUse(key.id(), EPOCH, NOW));
    }

    private static List<KemKey> keys(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> new KemKey(SecretBytes.adopt(new byte[64]), id(number), number, NOW))
                .toList();
    }

    private static Vault vault(int keys) {
        return new Vault(
                1,
                Vault.NO_PREDECESSOR,
                IntStream.range(0, keys).mapToObj(KemPoolTest::entry).toList());
    }

    private static VaultEntry entry(int number) {
        try (BinaryWriter out = new BinaryWriter()) {
            Instant made = Instant.EPOCH.plusSeconds(number / 2);
            byte[] value = out.time(made).u64(number).raw(new byte[64]).toArray();
            return new VaultEntry(VaultTypes.KEM_KEY, id(number).value(), 1, false, SecretBytes.adopt(value));
        }
    }

    private static KeyId id(int number) {
        return new KeyId(Bytes.fromHex(String.format("%064x", number)));
    }
}
