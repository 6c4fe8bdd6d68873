package dev.pychat.keyring;

import static dev.pychat.keyring.TestKeyrings.ANN;
import static dev.pychat.keyring.TestKeyrings.HEADER;
import static dev.pychat.keyring.TestKeyrings.NOW;
import static dev.pychat.keyring.TestKeyrings.REALM;
import static dev.pychat.keyring.TestKeyrings.TESTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.secret.SealedBox;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.BundleFields;
import dev.pychat.key.CheckedBundle;
import dev.pychat.key.DeviceKeys;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.key.KeyBundle;
import dev.pychat.key.KeyId;
import dev.pychat.key.KeySection;
import dev.pychat.key.OneTimeKey;
import dev.pychat.key.Suite;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.EpochName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KemKeysTest {

    private static final EpochName EPOCH = new EpochName(Bytes.fromHex("ee".repeat(32)));

    /** How many bytes versions 1, 2 and 3 lack. */
    private static final List<Integer> LAST_BYTES = List.of(59, 47, 37);

    private final SeededRandom random = new SeededRandom(1);
    private final Keyring plain = TestKeyrings.fresh(random);
    private final Keyring keyring = withKeys(plain, 3);

    @Test
    void aDeviceWithALastResortKeyOffersSuiteTwo() throws Exception {
        CheckedBundle bundle = keyring.nextBundle(NOW).check(REALM, ANN, TESTS);
        assertThat(bundle.suite()).isEqualTo(Suite.HYBRID);
        assertThat(bundle.devices()).singleElement().satisfies(device -> {
            assertThat(device.device()).isEqualTo(keyring.device());
            assertThat(KeyId.of(device.lastResort()))
                    .isEqualTo(keyring.kemKeys().lastResort().orElseThrow().id());
        });
    }

    @Test
    void aDeviceWithoutOneMakesTheBundlesOfSuiteOne() throws Exception {
        assertThat(plain.nextBundle(NOW).check(REALM, ANN, TESTS).suite()).isEqualTo(Suite.RSA);
    }

    @Test
    void aDeviceThatKnowsOnlySuiteOneNeverDropsSuiteTwo() throws Exception {
        KeyBundle first = keyring.nextBundle(NOW);
        try (Keyring old = plain.withBundle(first)) {
            KeyBundle second = old.nextBundle(NOW);
            assertThat(second.check(REALM, ANN, TESTS).devices()).hasSize(1);
            second.checkSucceeds(first);
        }
    }

    @Test
    void theNinthDeviceIsToldToRemoveOneAndARemovedOneIsLeftOut() throws Exception {
        List<DeviceId> devices = new ArrayList<>();
        KeyBundle last = keyring.nextBundle(NOW);
        for (int i = 0; i < 7; i++) {
            Keyring next = another().withBundle(last);
            devices.add(next.device());
            last = next.nextBundle(NOW);
        }
        Keyring ninth = another().withBundle(last);
        assertThatIllegalStateException()
                .isThrownBy(() -> ninth.nextBundle(NOW))
                .withMessage("the bundle lists 8 other devices, and 8 are allowed with this one; remove one that is no"
                        + " longer used");
        Keyring removing = ninth.withDevices(ninth.devices().removing(devices.get(3)));
        KeyBundle replaced = removing.nextBundle(NOW);
        assertThat(replaced.check(REALM, ANN, TESTS).devices())
                .hasSize(8)
                .noneMatch(device -> device.device().equals(devices.get(3)))
                .anyMatch(device -> device.device().equals(ninth.device()));
    }

    @Test
    void theLastDeviceOfSuiteTwoStaysUntilThereIsAnother() throws Exception {
        try (Keyring only = another();
                Keyring removing = plain.withDevices(plain.devices().removing(only.device()));
                Keyring old = removing.withBundle(only.nextBundle(NOW));
                Keyring joined = withKeys(old, 1)) {
            KeyBundle kept = old.nextBundle(NOW);
            assertThat(listed(kept)).containsExactly(only.device());
            assertThat(old.offersPresentKeys(kept)).isTrue();
            assertThat(listed(joined.nextBundle(NOW))).containsExactly(joined.device());
        }
    }

    @Test
    void aRemovedDeviceOffersNothingAndIsOfferedNoMoreWhateverTheSuite() throws Exception {
        try (Keyring removed = keyring.withDevices(keyring.devices().removing(keyring.device()));
                Keyring other = another();
                Keyring listed = removed.withBundle(other.nextBundle(NOW))) {
            assertThat(listed(listed.nextBundle(NOW))).containsExactly(other.device());
            assertThat(listed.kemKeys().lastResort()).isPresent();
            KeySection unknown = new KeySection(
                    new Suite(9), removed.device(), Bytes.copyOf("a key".getBytes(StandardCharsets.UTF_8)));
            KeyBundle before =
                    withSection(other, other.withBundle(keyring.nextBundle(NOW)).nextBundle(NOW), unknown);
            try (Keyring following = listed.withBundle(before)) {
                assertThat(following.offersPresentKeys(before)).isFalse();
                KeyBundle next = following.nextBundle(NOW);
                assertThat(next.fields().sections())
                        .noneMatch(section -> section.device().equals(removed.device()));
                assertThat(following.offersPresentKeys(next)).isTrue();
            }
        }
    }

    /** What a suite that is not known here means by a device is not known either. */
    @Test
    void anAccountThatBeginsToForgetLendsItsKeyToDevicesOfSuiteTwoAlone() {
        try (Keyring other = another()) {
            KeySection unknown = new KeySection(new Suite(9), DeviceId.random(random), Bytes.fromHex("0a0b"));
            KeyBundle last = withSection(other, other.nextBundle(NOW), unknown);
            BundleChange change = BundleChange.policy(HistoryPolicy.forgetAfter(Duration.ofDays(7)));
            KeyBundle next = keyring.withBundle(last).nextBundle(NOW, change);
            assertThat(next.fields().sections())
                    .contains(unknown)
                    .filteredOn(section -> section.suite().equals(Suite.RSA))
                    .extracting(KeySection::device)
                    .containsExactlyInAnyOrder(DeviceId.ACCOUNT, other.device());
        }
    }

    private static KeyBundle withSection(Keyring signer, KeyBundle bundle, KeySection more) {
        BundleFields fields = bundle.fields();
        List<KeySection> sections = Stream.concat(fields.sections().stream(), Stream.of(more))
                .sorted()
                .toList();
        return new BundleFields(
                        fields.realm(),
                        fields.username(),
                        fields.identity(),
                        fields.serial(),
                        fields.predecessor(),
                        fields.notBefore(),
                        fields.notAfter(),
                        Stream.concat(fields.suites().stream(), Stream.of(more.suite()))
                                .toList(),
                        sections)
                .sign(unsigned -> signer.identity().sign(Label.BUNDLE_SIGNATURE, unsigned));
    }

    private static List<DeviceId> listed(KeyBundle bundle) throws Exception {
        return bundle.check(REALM, ANN, TESTS).devices().stream()
                .map(DeviceKeys::device)
                .toList();
    }

    @Test
    void oneTimeKeysAreNumberedForEverAndSigned() throws Exception {
        CheckedBundle bundle = keyring.nextBundle(NOW).check(REALM, ANN, TESTS);
        List<OneTimeKey> keys = OneTimeSigner.sign(keyring, 2);
        assertThat(keys).extracting(OneTimeKey::number).containsExactly(2L, 3L);
        for (OneTimeKey key : keys) {
            assertThat(OneTimeKey.check(key.bytes(), bundle, keyring.device())).isEqualTo(key);
        }
        assertThat(OneTimeSigner.sign(keyring, 2)).isEqualTo(keys);
        try (Keyring emptied = keyring.withKemKeys(keyring.kemKeys().without(key -> true));
                Keyring refilled = emptied.withKemKeys(emptied.kemKeys().withOneTime(1, NOW, random))) {
            assertThat(OneTimeSigner.sign(refilled, 1))
                    .extracting(OneTimeKey::number)
                    .containsExactly(4L);
        }
    }

    @Test
    void theUseOfAKeyIsRememberedWhenItIsErased() {
        KemKey key = keyring.kemKeys().all().get(1);
        KemKeys used = keyring.kemKeys().withUse(new OneTimeUse(key.id(), EPOCH, NOW));
        KemKeys erased = used.without(each -> used.useOf(each.id()).isPresent());
        assertThat(erased.byId(key.id())).isEmpty();
        assertThat(erased.all()).hasSize(3);
        assertThat(erased.useOf(key.id()).map(OneTimeUse::epoch)).contains(EPOCH);
    }

    @Test
    void aUsedKeyIsNotOfferedAgain() {
        KemKey key = keyring.kemKeys().all().get(1);
        try (Keyring used = keyring.withKemKeys(keyring.kemKeys().withUse(new OneTimeUse(key.id(), EPOCH, NOW)))) {
            assertThat(OneTimeSigner.sign(used, 1))
                    .extracting(OneTimeKey::number)
                    .containsExactly(2L, 3L);
        }
    }

    @Test
    void theFirstUseCountsAndALastResortKeyHasNone() {
        KemKeys keys = keyring.kemKeys();
        KeyId oneTime = keys.all().get(1).id();
        KeyId lastResort = keys.lastResort().orElseThrow().id();
        EpochName other = new EpochName(Bytes.fromHex("dd".repeat(32)));
        KemKeys used = keys.withUse(new OneTimeUse(oneTime, EPOCH, NOW))
                .withUse(new OneTimeUse(oneTime, other, NOW))
                .withUse(new OneTimeUse(lastResort, EPOCH, NOW));
        assertThat(used.useOf(oneTime).map(OneTimeUse::epoch)).contains(EPOCH);
        assertThat(used.useOf(lastResort)).isEmpty();
    }

    @Test
    void everythingComesBackFromTheSealedKeyring() throws Exception {
        KeyId usedKey = keyring.kemKeys().all().get(1).id();
        try (SecretBytes key = SecretBytes.random(random, 32);
                Keyring used = keyring.withKemKeys(keyring.kemKeys().withUse(new OneTimeUse(usedKey, EPOCH, NOW)));
                Keyring opened = Keyring.open(key, used.seal(key, random), TESTS)) {
            assertThat(opened.kemKeys().all())
                    .extracting(KemKey::toString)
                    .isEqualTo(
                            used.kemKeys().all().stream().map(KemKey::toString).toList());
            assertThat(opened.kemKeys().useOf(usedKey)).isEqualTo(used.kemKeys().useOf(usedKey));
            assertThat(opened.kemKeys().lastNumber()).isEqualTo(3);
            assertThat(opened.kemKeys().all().get(2).open().publicKey())
                    .isEqualTo(used.kemKeys().all().get(2).open().publicKey());
            assertThat(opened.kemKeys().all().get(0).created())
                    .isEqualTo(used.kemKeys().all().get(0).created());
        }
    }

    @Test
    void aKeyringOfAnEarlierVersionIsStillRead() throws Exception {
        for (int version = 1; version <= 3; version++) {
            try (SecretBytes key = SecretBytes.random(random, 32);
                    Keyring opened = Keyring.open(key, earlier(version, key), TESTS)) {
                assertThat(opened.device()).isEqualTo(plain.device());
                assertThat(opened.header()).isEqualTo(HEADER);
                assertThat(opened.kemKeys().all()).isEmpty();
                assertThat(opened.vaultedKemKeys().size()).isZero();
                assertThat(opened.hybridSince()).isEmpty();
                assertThat(opened.devices()).isEqualTo(plain.devices());
            }
        }
    }

    @Test
    void theFirstBundleWithSuiteTwoIsRemembered() throws Exception {
        Keyring published = plain.withBundle(plain.nextBundle(NOW));
        assertThat(published.hybridSince()).isEmpty();
        Keyring hybrid = withKeys(published, 0);
        Keyring second = hybrid.withBundle(hybrid.nextBundle(NOW));
        Keyring third = second.withBundle(second.nextBundle(NOW));
        assertThat(third.hybridSince()).hasValue(2);
        try (SecretBytes key = SecretBytes.random(random, 32);
                Keyring opened = Keyring.open(key, third.seal(key, random), TESTS)) {
            assertThat(opened.hybridSince()).hasValue(2);
        }
    }

    @Test
    void closingAKeyringErasesThem() {
        KemKey key = keyring.kemKeys().all().get(0);
        keyring.close();
        assertThatIllegalStateException().isThrownBy(key::open);
    }

    @Test
    void thereIsALimit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keyring.kemKeys().withOneTime(KemKeys.MAX_KEYS, NOW, random))
                .withMessageContaining("1024");
    }

    /**
     * What a version before wrote: the same without the last bytes, which stand for no ML-KEM keys, none of other devices, no bundle
     * with suite 2, one device, and no notes.
     */
    private Bytes earlier(int version, SecretBytes key) throws Exception {
        Bytes sealed = plain.seal(key, random);
        Bytes header = HEADER.encode();
        byte[] content =
                SealedBox.open(Label.KEYRING, key, header, sealed.slice(header.size(), sealed.size() - header.size()));
        byte[] old = header.toArray();
        old["pychat/1 keyring".length() + 1] = (byte) version;
        byte[] shorter = java.util.Arrays.copyOf(content, content.length - LAST_BYTES.get(version - 1));
        Bytes box = SealedBox.seal(Label.KEYRING, key, Bytes.copyOf(old), shorter, random);
        return Bytes.concat(Bytes.adopt(old), box);
    }

    /** Another device of the account, with the same identity. */
    private Keyring another() {
        Keyring fresh = TestKeyrings.fresh(random);
        Keyring same = fresh.withIdentity(keyring.identity(), NOW);
        return withKeys(same, 0);
    }

    private Keyring withKeys(Keyring of, int oneTime) {
        return of.withKemKeys(of.kemKeys().withLastResort(NOW, random).withOneTime(oneTime, NOW, random));
    }
}
