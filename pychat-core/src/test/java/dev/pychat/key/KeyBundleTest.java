package dev.pychat.key;

import static dev.pychat.key.TestBundles.ANN;
import static dev.pychat.key.TestBundles.BEGIN;
import static dev.pychat.key.TestBundles.END;
import static dev.pychat.key.TestBundles.IDENTITY;
import static dev.pychat.key.TestBundles.REALM;
import static dev.pychat.key.TestBundles.RSA_SECTION;
import static dev.pychat.key.TestBundles.TESTS;
import static dev.pychat.key.TestBundles.bundle;
import static dev.pychat.key.TestBundles.sections;
import static dev.pychat.key.TestBundles.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.TestKeys;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.secret.Ed25519PrivateKey;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class KeyBundleTest {

    private final KeyBundle first = bundle(1, BundleFields.NO_PREDECESSOR);

    @Test
    void whatWasSignedIsReadBackAndChecked() throws Exception {
        KeyBundle parsed = KeyBundle.parse(first.bytes());
        assertThat(parsed.fields()).isEqualTo(first.fields());
        assertThat(parsed).isEqualTo(first).hasSameHashCodeAs(first);
        CheckedBundle checked = parsed.check(REALM, ANN, TESTS);
        assertThat(checked.wrappingKey()).isEqualTo(TestKeys.rsa(1).publicKey());
        assertThat(checked.identity()).isEqualTo(IDENTITY.publicKey());
        assertThat(checked.bundle().bytes()).isEqualTo(first.bytes());
    }

    @Test
    void everyFlippedBitIsNoticed() {
        for (int bit = 0; bit < 8 * first.bytes().size(); bit++) {
            byte[] flipped = first.bytes().toArray();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> KeyBundle.parse(Bytes.adopt(flipped)).check(REALM, ANN, TESTS))
                    .as("bit %d", bit)
                    .isInstanceOf(BundleException.class);
        }
    }

    @Test
    void everyShorterOrLongerBundleIsMalformed() {
        for (int length = 0; length < first.bytes().size(); length++) {
            Bytes cut = first.bytes().slice(0, length);
            assertDefect(BundleDefect.MALFORMED, () -> KeyBundle.parse(cut));
        }
        Bytes longer = Bytes.concat(first.bytes(), Bytes.fromHex("00"));
        assertDefect(BundleDefect.MALFORMED, () -> KeyBundle.parse(longer));
    }

    @Test
    void aBundleAboveTheLimitIsMalformedBeforeItIsRead() {
        Bytes huge = Bytes.concat(first.bytes(), Bytes.adopt(new byte[KeyBundle.MAX_SIZE]));
        assertThatThrownBy(() -> KeyBundle.parse(huge)).hasMessageContaining("allowed are 32768");
    }

    @Test
    void anotherVersionIsNamedAsSuch() {
        byte[] newer = first.bytes().toArray();
        newer["pychat/1 bundle hash".length() + 1] = 2;
        assertDefect(BundleDefect.NEWER_VERSION, () -> KeyBundle.parse(Bytes.adopt(newer)));
    }

    @Test
    void anothersBundleIsRefused() {
        Realm otherRealm = Realm.random(new SeededRandom(9));
        assertDefect(BundleDefect.WRONG_REALM, () -> first.check(otherRealm, ANN, TESTS));
        assertDefect(BundleDefect.WRONG_NAME, () -> first.check(REALM, new Username("eve"), TESTS));
        assertDefect(BundleDefect.WRONG_NAME, () -> first.checkSigned(REALM, new Username("eve")));
    }

    @Test
    void aSignatureOfAnotherIdentityIsRefused() throws Exception {
        Bytes unsigned = first.bytes().slice(0, first.bytes().size() - 64);
        Ed25519PrivateKey eve = Ed25519PrivateKey.generate(new SeededRandom(9));
        Bytes forged = Bytes.concat(unsigned, TestBundles.signature(eve, unsigned));
        assertDefect(BundleDefect.BAD_SIGNATURE, () -> KeyBundle.parse(forged).check(REALM, ANN, TESTS));
        assertDefect(BundleDefect.BAD_SIGNATURE, () -> KeyBundle.parse(forged).checkSigned(REALM, ANN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> first.fields().sign(bytes -> TestBundles.signature(eve, bytes)));
    }

    @Test
    void aSmallOrderIdentityIsRefused() {
        byte[] weak = first.bytes().toArray();
        int identity = "pychat/1 bundle hash".length() + 1 + 1 + 16 + 4;
        java.util.Arrays.fill(weak, identity, identity + 32, (byte) 0);
        assertDefect(BundleDefect.WEAK_IDENTITY, () -> KeyBundle.parse(Bytes.adopt(weak)));
    }

    @Test
    void aWeakWrappingKeyIsRefused() {
        Bytes spki = RSA_SECTION.key();
        Bytes even = Bytes.concat(spki.slice(0, spki.size() - 6), Bytes.fromHex("000203010001"));
        KeyBundle weak = sections(List.of(new KeySection(Suite.RSA, DeviceId.ACCOUNT, even)));
        assertDefect(BundleDefect.WEAK_KEY, () -> weak.check(REALM, ANN, TESTS));
        assertThatCode(() -> weak.checkSigned(REALM, ANN)).doesNotThrowAnyException();
    }

    @Test
    void aPublishedTestKeyIsRefusedInProduction() {
        assertDefect(BundleDefect.WEAK_KEY, () -> first.check(REALM, ANN, KeyPolicy.production()));
    }

    @Test
    void aBundleWithoutAUsableKeyIsRefused() {
        assertDefect(BundleDefect.NO_KNOWN_KEY, () -> sections(List.of()).check(REALM, ANN, TESTS));
        KeySection ofADevice = new KeySection(Suite.RSA, DeviceId.random(new SeededRandom(1)), RSA_SECTION.key());
        assertDefect(
                BundleDefect.NO_KNOWN_KEY, () -> sections(List.of(ofADevice)).check(REALM, ANN, TESTS));
        KeyBundle unknownSuite = signed(TestBundles.fields(List.of(new Suite(7)), List.of(RSA_SECTION)));
        assertDefect(BundleDefect.NO_KNOWN_KEY, () -> unknownSuite.check(REALM, ANN, TESTS));
    }

    @Test
    void unknownSuitesAndSectionsAreKeptAsTheyAre() throws Exception {
        KeySection unknown = new KeySection(new Suite(900), DeviceId.ACCOUNT, Bytes.fromHex("0badc0de"));
        KeyBundle bundle =
                signed(TestBundles.fields(List.of(Suite.RSA, new Suite(900)), List.of(RSA_SECTION, unknown)));
        KeyBundle parsed = KeyBundle.parse(bundle.bytes());
        parsed.check(REALM, ANN, TESTS);
        assertThat(parsed.fields().sections()).containsExactly(RSA_SECTION, unknown);
        assertThat(parsed.fields().suites()).containsExactly(Suite.RSA, new Suite(900));
    }

    @Test
    void isValidFromItsBeginningUpToItsEnd() {
        assertThatCode(() -> first.checkTime(BEGIN)).doesNotThrowAnyException();
        assertThatCode(() -> first.checkTime(BEGIN.minus(KeyBundle.CLOCK_TOLERANCE)))
                .doesNotThrowAnyException();
        assertThatCode(() -> first.checkTime(END.minusMillis(1))).doesNotThrowAnyException();
        assertDefect(BundleDefect.BUNDLE_STALE, () -> first.checkTime(END));
        assertDefect(
                BundleDefect.NOT_YET_VALID,
                () -> first.checkTime(BEGIN.minus(KeyBundle.CLOCK_TOLERANCE).minus(Duration.ofMillis(1))));
    }

    @Test
    void aSuccessorFollows() {
        KeyBundle second = bundle(2, first.hash());
        assertThatCode(() -> second.checkSucceeds(first)).doesNotThrowAnyException();
        assertThatCode(() -> first.checkSucceeds(first)).doesNotThrowAnyException();
        KeyBundle fifth = bundle(5, Bytes.fromHex("55".repeat(32)));
        assertThatCode(() -> fifth.checkSucceeds(first)).doesNotThrowAnyException();
    }

    @Test
    void aLowerSerialIsRefused() {
        assertDefect(BundleDefect.SERIAL_WENT_BACK, () -> first.checkSucceeds(bundle(2, first.hash())));
    }

    @Test
    void theSameSerialWithOtherBytesIsAFork() {
        KeyBundle other = sections(List.of(RSA_SECTION, new KeySection(new Suite(9), DeviceId.ACCOUNT, Bytes.EMPTY)));
        assertThat(other.fields().serial()).isEqualTo(1);
        assertDefect(BundleDefect.BUNDLE_FORKED, () -> other.checkSucceeds(first));
    }

    @Test
    void aSuccessorOfAnotherBundleIsRefused() {
        KeyBundle second = bundle(2, Bytes.fromHex("55".repeat(32)));
        assertDefect(BundleDefect.WRONG_PREDECESSOR, () -> second.checkSucceeds(first));
    }

    @Test
    void anotherIdentityIsAChangeWhateverTheSerial() {
        KeyBundle changed = TestBundles.ofIdentity(Ed25519PrivateKey.generate(new SeededRandom(9)), 2, first.hash());
        assertDefect(BundleDefect.IDENTITY_CHANGED, () -> changed.checkSucceeds(first));
    }

    private static void assertDefect(BundleDefect defect, ThrowingCallable check) {
        assertThatThrownBy(check)
                .isInstanceOfSatisfying(
                        BundleException.class, e -> assertThat(e.defect()).isEqualTo(defect));
    }
}
