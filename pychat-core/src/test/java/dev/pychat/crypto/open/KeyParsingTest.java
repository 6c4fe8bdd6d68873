package dev.pychat.crypto.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.secret.Ed25519PrivateKey;
import dev.pychat.model.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys from outside, judged without any outside vectors. */
class KeyParsingTest {

    /** Each coefficient has twelve bits; the second one of three bytes is judged by itself, up to the last. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 1146, 1149})
    void bothCoefficientsOfThreeBytesAreReduced(int at) throws Exception {
        assertThat(parse(at, 0x00, 0x0d, 0xd0)).isNotNull();
        assertRefused(at, 0x01, 0x0d, 0x00);
        assertRefused(at, 0x00, 0x0e, 0x00);
        assertRefused(at, 0x00, 0x10, 0xd0);
        assertRefused(at, 0x00, 0x00, 0xd1);
    }

    @Test
    void anEd25519KeyIsItsBytes() throws Exception {
        Ed25519PublicKey key = Ed25519PrivateKey.generate(new SeededRandom(1)).publicKey();
        assertThat(Ed25519PublicKey.parse(key.value())).isEqualTo(key);
    }

    private static void assertRefused(int at, int low, int middle, int high) {
        assertThatThrownBy(() -> parse(at, low, middle, high))
                .isInstanceOfSatisfying(
                        UnusableKeyException.class, e -> assertThat(e.defect()).isEqualTo(KeyDefect.MALFORMED));
    }

    private static MlKemPublicKey parse(int at, int low, int middle, int high) throws UnusableKeyException {
        byte[] encoded = new byte[MlKemPublicKey.SIZE];
        encoded[at] = (byte) low;
        encoded[at + 1] = (byte) middle;
        encoded[at + 2] = (byte) high;
        return MlKemPublicKey.parse(Bytes.adopt(encoded));
    }
}
