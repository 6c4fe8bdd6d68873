package dev.pychat.crypto.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.model.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AesGcmTest {

    private final SeededRandom random = new SeededRandom(1);
    private final SecretBytes key = SecretBytes.random(random, 32);
    private final Bytes nonce = Bytes.random(random, 12);
    private final Bytes aad = Bytes.fromHex("aabb");
    private final byte[] plaintext = {1, 2, 3, 4, 5};
    private final Bytes sealed = AesGcm.seal(key, nonce, aad, plaintext);

    /** The GCM specification's test case 15: 256-bit key, no additional data. */
    @Test
    void sealsAsTheStandardSays() {
        SecretBytes standard =
                SecretBytes.adopt(Bytes.fromHex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")
                        .toArray());
        byte[] text = Bytes.fromHex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                        + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255")
                .toArray();
        assertThat(AesGcm.seal(standard, Bytes.fromHex("cafebabefacedbaddecaf888"), Bytes.EMPTY, text)
                        .hex())
                .isEqualTo("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                        + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad"
                        + "b094dac5d93471bdec1a502270e3cc6c");
    }

    @Test
    void opensWhatWasSealed() throws Exception {
        assertThat(sealed.size()).isEqualTo(plaintext.length + 16);
        assertThat(AesGcm.open(key, nonce, aad, sealed)).isEqualTo(plaintext);
        Bytes empty = AesGcm.seal(key, nonce, Bytes.EMPTY, new byte[0]);
        assertThat(AesGcm.open(key, nonce, Bytes.EMPTY, empty)).isEmpty();
    }

    @Test
    void everyFlippedBitIsNoticed() {
        for (int bit = 0; bit < 8 * sealed.size(); bit++) {
            byte[] flipped = sealed.toArray();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertDamaged(key, nonce, aad, Bytes.adopt(flipped));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 12, 15, 16, 20})
    void whatIsTooShortIsDamagedLikeAllElse(int length) {
        assertDamaged(key, nonce, aad, sealed.slice(0, length));
    }

    @Test
    void anotherKeyNonceOrAdditionalDataDoesNotOpen() {
        assertDamaged(SecretBytes.random(random, 32), nonce, aad, sealed);
        assertDamaged(key, Bytes.random(random, 12), aad, sealed);
        assertDamaged(key, nonce, Bytes.EMPTY, sealed);
    }

    @Test
    void otherSizesOfKeyAndNonceAreTheCallersBug() {
        SecretBytes aes128 = SecretBytes.random(random, 16);
        assertThatIllegalArgumentException().isThrownBy(() -> AesGcm.seal(aes128, nonce, aad, plaintext));
        Bytes longNonce = Bytes.random(random, 16);
        assertThatIllegalArgumentException().isThrownBy(() -> AesGcm.seal(key, longNonce, aad, plaintext));
        assertThatIllegalArgumentException().isThrownBy(() -> AesGcm.open(key, longNonce, aad, sealed));
    }

    private static void assertDamaged(SecretBytes key, Bytes nonce, Bytes aad, Bytes sealed) {
        assertThatThrownBy(() -> AesGcm.open(key, nonce, aad, sealed))
                .isInstanceOfSatisfying(
                        UnsealException.class, e -> assertThat(e.reason()).isEqualTo(UnsealException.Reason.DAMAGED))
                .hasNoCause();
    }
}
