package dev.pychat.key;

import static dev.pychat.key.TestBundles.ANN;
import static dev.pychat.key.TestBundles.IDENTITY;
import static dev.pychat.key.TestBundles.REALM;
import static dev.pychat.key.TestBundles.RSA_SECTION;
import static dev.pychat.key.TestBundles.TESTS;
import static dev.pychat.key.TestBundles.bundle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.MlKemPublicKey;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.crypto.secret.Ed25519PrivateKey;
import dev.pychat.crypto.secret.MlKemPrivateKey;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The most that is allowed, what equals what, and how it is said. */
class KeyEdgesTest {

    private static final MlKemPublicKey KEM =
            MlKemPrivateKey.generate(new SeededRandom(3)).publicKey();
    private static final DeviceId PHONE = DeviceId.random(new SeededRandom(4));
    private static final OneTimeKey.Owner OWNER = new OneTimeKey.Owner(REALM, ANN, IDENTITY.publicKey());

    private final KeyBundle first = bundle(1, BundleFields.NO_PREDECESSOR);
    private final KeyBundle second = bundle(2, first.hash());

    @Test
    void aBundleHoldsUpToSixteenSuitesAndSixtyFourSections() throws Exception {
        List<Suite> suites = IntStream.rangeClosed(1, 16).mapToObj(Suite::new).toList();
        List<KeySection> sections = IntStream.rangeClosed(1, 64)
                .mapToObj(code ->
                        code == 1 ? RSA_SECTION : new KeySection(new Suite(code + 1), DeviceId.ACCOUNT, Bytes.EMPTY))
                .toList();
        KeyBundle full = TestBundles.signed(TestBundles.fields(List.of(Suite.RSA), sections));
        assertThat(KeyBundle.parse(full.bytes()).fields().sections()).hasSize(64);
        assertThat(TestBundles.fields(suites, List.of()).suites()).hasSize(16);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestBundles.fields(
                        IntStream.rangeClosed(1, 17).mapToObj(Suite::new).toList(), List.of()))
                .withMessageContaining("1 to 16 in ascending order");
    }

    @Test
    void suitesReachTo65535() {
        assertThat(new Suite(0xffff)).hasToString("suite 65535");
        assertThatIllegalArgumentException().isThrownBy(() -> new Suite(0x10000));
        assertThatIllegalArgumentException().isThrownBy(() -> new Suite(0));
    }

    @Test
    void theIdentityOfABundleIsTheOneThatWasKnown() {
        Fingerprint known = Fingerprint.of(IDENTITY.publicKey());
        assertThatCode(() -> first.checkIdentity(known)).doesNotThrowAnyException();
        Fingerprint other =
                Fingerprint.of(Ed25519PrivateKey.generate(new SeededRandom(9)).publicKey());
        assertThatThrownBy(() -> first.checkIdentity(other))
                .isInstanceOfSatisfying(
                        BundleException.class, e -> assertThat(e.defect()).isEqualTo(BundleDefect.IDENTITY_CHANGED))
                .hasMessageEndingWith(
                        "this account has written to " + other.value().hex());
    }

    @Test
    void bundlesEqualByTheirBytes() throws Exception {
        assertThat(first).isNotEqualTo(second).isNotEqualTo(first.bytes());
        assertThat(first.hashCode()).isNotEqualTo(second.hashCode());
        assertThat(first).hasToString("bundle 1 of ann");
        CheckedBundle checked = first.check(REALM, ANN, TESTS);
        assertThat(checked)
                .isEqualTo(first.check(REALM, ANN, TESTS))
                .hasSameHashCodeAs(first.check(REALM, ANN, TESTS))
                .isNotEqualTo(second.check(REALM, ANN, TESTS))
                .isNotEqualTo(first)
                .hasToString("checked bundle 1 of ann");
        assertThat(checked.hashCode())
                .isNotEqualTo(second.check(REALM, ANN, TESTS).hashCode());
    }

    @Test
    void oneTimeKeysEqualByTheirBytesAndAreNumberedFromOne() throws Exception {
        OneTimeKey one = oneTimeKey(1);
        assertThat(OneTimeKey.check(one.bytes(), first.check(REALM, ANN, TESTS), PHONE))
                .isEqualTo(one)
                .hasSameHashCodeAs(one)
                .hasToString("one-time key 1 of device " + PHONE);
        assertThat(one).isNotEqualTo(oneTimeKey(2)).isNotEqualTo(one.bytes());
        assertThat(one.hashCode()).isNotEqualTo(oneTimeKey(2).hashCode());
    }

    @Test
    void keysAreNamedByTheHashOfTheirSubjectPublicKeyInfo() {
        KeyId id = KeyId.of(KEM);
        assertThat(id.value()).isEqualTo(Sha256.of(KEM.subjectPublicKeyInfo()));
        assertThat(id).hasToString(id.value().hex());
        Fingerprint fingerprint = Fingerprint.of(IDENTITY.publicKey());
        assertThat(fingerprint).hasToString(fingerprint.value().hex());
    }

    @ParameterizedTest
    @EnumSource
    void eachDefectIsASentenceOfItsOwn(BundleDefect defect) {
        assertThat(new BundleException(defect)).hasMessage("this key bundle " + defect.sentence());
        assertThat(new BundleException(defect)).hasMessageMatching("this key bundle [a-z].*[a-z]");
    }

    private static OneTimeKey oneTimeKey(long number) {
        return OneTimeKey.sign(
                OWNER, PHONE, number, KEM, unsigned -> IDENTITY.sign(Label.ONE_TIME_KEY_SIGNATURE, unsigned));
    }
}
