package dev.pychat.key;

import static dev.pychat.key.TestBundles.ANN;
import static dev.pychat.key.TestBundles.IDENTITY;
import static dev.pychat.key.TestBundles.REALM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.MlKemPublicKey;
import dev.pychat.crypto.secret.Ed25519PrivateKey;
import dev.pychat.crypto.secret.MlKemPrivateKey;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import org.junit.jupiter.api.Test;

class OneTimeKeyTest {

    private static final MlKemPublicKey KEY =
            MlKemPrivateKey.generate(new SeededRandom(3)).publicKey();
    private static final DeviceId PHONE = DeviceId.random(new SeededRandom(4));
    private static final OneTimeKey.Owner OWNER = new OneTimeKey.Owner(REALM, ANN, IDENTITY.publicKey());
    private static final int NAME = 22 + 1 + 2 + 16;
    private static final int NUMBER = NAME + 4 + 32 + 16;

    private final CheckedBundle bundle = checked();
    private final OneTimeKey key = signed(IDENTITY, OWNER, KEY);

    @Test
    void comesBackAsItWasSigned() throws Exception {
        OneTimeKey taken = OneTimeKey.check(key.bytes(), bundle, PHONE);
        assertThat(taken).isEqualTo(key);
        assertThat(taken.key()).isEqualTo(KEY);
        assertThat(taken.number()).isEqualTo(7);
        assertThat(taken.device()).isEqualTo(PHONE);
        assertThat(taken.owner()).isEqualTo(OWNER);
    }

    @Test
    void everyFlippedByteIsNoticed() {
        for (int at = 0; at < key.bytes().size(); at++) {
            byte[] flipped = key.bytes().toArray();
            flipped[at] ^= 1;
            assertThatThrownBy(() -> OneTimeKey.check(Bytes.adopt(flipped), bundle, PHONE))
                    .as("byte %d", at)
                    .isInstanceOf(BundleException.class);
        }
    }

    @Test
    void eachDefectIsNamed() {
        assertDefect(BundleDefect.MALFORMED, flipped(0));
        assertDefect(BundleDefect.NEWER_VERSION, flipped(22));
        assertDefect(BundleDefect.BAD_SIGNATURE, flipped(24));
        assertDefect(BundleDefect.WRONG_REALM, flipped(25));
        assertDefect(BundleDefect.WRONG_NAME, flipped(NAME + 3));
        assertDefect(BundleDefect.WRONG_DEVICE, flipped(NUMBER - 1));
        assertDefect(BundleDefect.MALFORMED, flipped(NUMBER));
        assertDefect(BundleDefect.BAD_SIGNATURE, flipped(NUMBER + 7));
        assertDefect(BundleDefect.BAD_SIGNATURE, flipped(NUMBER + 20));
        assertDefect(BundleDefect.BAD_SIGNATURE, flipped(key.bytes().size() - 64));
        assertDefect(BundleDefect.MALFORMED, key.bytes().slice(0, key.bytes().size() - 1));
        assertDefect(BundleDefect.MALFORMED, Bytes.concat(key.bytes(), Bytes.fromHex("00")));
    }

    @Test
    void anothersKeyIsRefused() {
        Ed25519PrivateKey other = Ed25519PrivateKey.generate(new SeededRandom(9));
        assertDefect(
                BundleDefect.IDENTITY_CHANGED,
                signed(other, new OneTimeKey.Owner(REALM, ANN, other.publicKey()), KEY)
                        .bytes());
        assertDefect(
                BundleDefect.WRONG_NAME,
                signed(IDENTITY, new OneTimeKey.Owner(REALM, new Username("bob"), IDENTITY.publicKey()), KEY)
                        .bytes());
        Realm elsewhere = new Realm(Bytes.fromHex("ff".repeat(16)));
        assertDefect(
                BundleDefect.WRONG_REALM,
                signed(IDENTITY, new OneTimeKey.Owner(elsewhere, ANN, IDENTITY.publicKey()), KEY)
                        .bytes());
        assertThatThrownBy(() -> OneTimeKey.check(key.bytes(), bundle, DeviceId.random(new SeededRandom(5))))
                .isInstanceOfSatisfying(
                        BundleException.class, e -> assertThat(e.defect()).isEqualTo(BundleDefect.WRONG_DEVICE))
                .hasMessageContaining("one-time key");
    }

    @Test
    void aSignedKeyThatIsUnusableIsRefused() {
        int suite = 24;
        int coefficient = NUMBER + 8 + 2;
        assertDefect(BundleDefect.NO_KNOWN_KEY, resigned(suite, (byte) 3));
        assertDefect(BundleDefect.WEAK_KEY, resigned(coefficient, (byte) 0xff, (byte) 0xff));
    }

    @Test
    void noKeyIsMadeForNoDeviceOrNoNumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OneTimeKey.sign(OWNER, DeviceId.ACCOUNT, 1, KEY, unsigned -> unsigned));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OneTimeKey.sign(OWNER, PHONE, 0, KEY, unsigned -> unsigned));
    }

    private Bytes resigned(int at, byte... values) {
        byte[] changed = key.bytes().slice(0, key.bytes().size() - 64).toArray();
        System.arraycopy(values, 0, changed, at, values.length);
        Bytes unsigned = Bytes.adopt(changed);
        return Bytes.concat(unsigned, IDENTITY.sign(Label.ONE_TIME_KEY_SIGNATURE, unsigned));
    }

    private Bytes flipped(int at) {
        byte[] flipped = key.bytes().toArray();
        flipped[at] ^= at == NUMBER ? (byte) 0x80 : 1;
        return Bytes.adopt(flipped);
    }

    private void assertDefect(BundleDefect defect, Bytes bytes) {
        assertThatThrownBy(() -> OneTimeKey.check(bytes, bundle, PHONE))
                .isInstanceOfSatisfying(
                        BundleException.class, e -> assertThat(e.defect()).isEqualTo(defect));
    }

    private static OneTimeKey signed(Ed25519PrivateKey signer, OneTimeKey.Owner owner, MlKemPublicKey key) {
        return OneTimeKey.sign(owner, PHONE, 7, key, unsigned -> signer.sign(Label.ONE_TIME_KEY_SIGNATURE, unsigned));
    }

    private static CheckedBundle checked() {
        try {
            return TestBundles.bundle(1, BundleFields.NO_PREDECESSOR).check(REALM, ANN, TestBundles.TESTS);
        } catch (BundleException e) {
            throw new AssertionError(e);
        }
    }
}
