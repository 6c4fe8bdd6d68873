package dev.pychat.key;

import static dev.pychat.key.TestBundles.ANN;
import static dev.pychat.key.TestBundles.REALM;
import static dev.pychat.key.TestBundles.RSA_SECTION;
import static dev.pychat.key.TestBundles.TESTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.TestKeys;
import dev.pychat.crypto.open.MlKemPublicKey;
import dev.pychat.crypto.secret.MlKemPrivateKey;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a bundle says of suite 2. */
class HybridBundleTest {

    private static final SeededRandom RANDOM = new SeededRandom(1);
    private static final MlKemPublicKey KEM = MlKemPrivateKey.generate(RANDOM).publicKey();
    private static final DeviceId PHONE = DeviceId.random(RANDOM);
    private static final DeviceId LAPTOP = DeviceId.random(RANDOM);
    private static final List<Suite> BOTH = List.of(Suite.RSA, Suite.HYBRID);

    @Test
    void devicesHaveTheAccountsWrappingKeyOrTheirOwn() throws Exception {
        KeySection own =
                new KeySection(Suite.RSA, PHONE, TestKeys.rsa(2).publicKey().subjectPublicKeyInfo());
        CheckedBundle bundle = check(BOTH, own, lastResort(PHONE), lastResort(LAPTOP));
        assertThat(bundle.devices())
                .containsExactlyInAnyOrder(
                        new DeviceKeys(PHONE, TestKeys.rsa(2).publicKey(), KEM),
                        new DeviceKeys(LAPTOP, TestKeys.rsa(1).publicKey(), KEM));
        assertThat(bundle.suite()).isEqualTo(Suite.HYBRID);
    }

    @Test
    void aBundleWithoutSuiteTwoHasNoDevices() throws Exception {
        CheckedBundle bundle = check(List.of(Suite.RSA), lastResort(PHONE));
        assertThat(bundle.devices()).isEmpty();
        assertThat(bundle.suite()).isEqualTo(Suite.RSA);
    }

    @Test
    void suitesUnknownHereCountForNothing() throws Exception {
        List<Suite> three = List.of(Suite.RSA, Suite.HYBRID, new Suite(3));
        assertThat(check(three, lastResort(PHONE)).suite()).isEqualTo(Suite.HYBRID);
        assertThat(check(List.of(Suite.RSA, new Suite(3))).suite()).isEqualTo(Suite.RSA);
    }

    @Test
    void theSuiteOfTwoIsTheHighestOfBoth() throws Exception {
        CheckedBundle hybrid = check(BOTH, lastResort(PHONE));
        CheckedBundle rsa = check(List.of(Suite.RSA));
        assertThat(hybrid.suiteWith(hybrid)).isEqualTo(Suite.HYBRID);
        assertThat(hybrid.suiteWith(rsa)).isEqualTo(Suite.RSA);
        assertThat(rsa.suiteWith(hybrid)).isEqualTo(Suite.RSA);
    }

    @Test
    void aBundleBelowTheMinimumIsRefused() throws Exception {
        CheckedBundle rsa = check(List.of(Suite.RSA));
        CheckedBundle hybrid = check(BOTH, lastResort(PHONE));
        assertThatCode(() -> rsa.checkSuite(Suite.RSA)).doesNotThrowAnyException();
        assertThatCode(() -> hybrid.checkSuite(Suite.HYBRID)).doesNotThrowAnyException();
        assertDefect(BundleDefect.SUITE_LOWERED, () -> rsa.checkSuite(Suite.HYBRID));
    }

    @Test
    void suiteTwoIsForOneToEightDevices() throws Exception {
        assertDefect(BundleDefect.NO_KNOWN_KEY, () -> check(BOTH));
        List<KeySection> eight = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            eight.add(lastResort(DeviceId.random(RANDOM)));
        }
        assertThat(check(BOTH, eight.toArray(KeySection[]::new)).devices()).hasSize(8);
        eight.add(lastResort(PHONE));
        assertDefect(BundleDefect.MALFORMED, () -> check(BOTH, eight.toArray(KeySection[]::new)));
        assertDefect(BundleDefect.MALFORMED, () -> check(BOTH, lastResort(DeviceId.ACCOUNT)));
    }

    @Test
    void aWeakKeyOfADeviceIsRefused() {
        KeySection notReduced = new KeySection(Suite.HYBRID, PHONE, Bytes.fromHex("ff".repeat(1184)));
        assertDefect(BundleDefect.WEAK_KEY, () -> check(BOTH, notReduced));
        KeySection noKey = new KeySection(Suite.RSA, PHONE, Bytes.fromHex("0a0b"));
        assertDefect(BundleDefect.WEAK_KEY, () -> check(BOTH, noKey, lastResort(PHONE)));
        assertThatCode(() -> check(BOTH, noKey, lastResort(LAPTOP))).doesNotThrowAnyException();
    }

    private static KeySection lastResort(DeviceId device) {
        return new KeySection(Suite.HYBRID, device, KEM.value());
    }

    private static CheckedBundle check(List<Suite> suites, KeySection... more) throws BundleException {
        List<KeySection> sections = new ArrayList<>(List.of(more));
        sections.add(RSA_SECTION);
        KeyBundle bundle = TestBundles.signed(
                TestBundles.fields(suites, sections.stream().sorted().toList()));
        return KeyBundle.parse(bundle.bytes()).check(REALM, ANN, TESTS);
    }

    private static void assertDefect(BundleDefect defect, ThrowingCallable check) {
        assertThatThrownBy(check)
                .isInstanceOfSatisfying(
                        BundleException.class, e -> assertThat(e.defect()).isEqualTo(defect));
    }
}
