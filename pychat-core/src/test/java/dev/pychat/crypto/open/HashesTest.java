package dev.pychat.crypto.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pychat.model.Bytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HashesTest {

    @Test
    void sha256OfPartsIsThatOfTheirConcatenation() {
        Bytes abc = ascii("abc");
        assertThat(Sha256.of(abc).hex()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Sha256.of(ascii("a"), Bytes.EMPTY, ascii("bc"))).isEqualTo(Sha256.of(abc));
        assertThat(Sha256.of(abc.toArray())).isEqualTo(Sha256.of(abc));
    }

    @Test
    void aLabelledHashBeginsWithTheLabel() {
        assertThat(Sha256.of(Label.VIEW_STEP, ascii("abc")))
                .isEqualTo(Sha256.of(Label.VIEW_STEP.bytes(), ascii("abc")))
                .isNotEqualTo(Sha256.of(Label.VIEW_START, ascii("abc")));
    }

    /** RFC 4231, test case 2. */
    @Test
    void hmacIsTheStandards() {
        byte[] key = "Jefe".getBytes(StandardCharsets.US_ASCII);
        byte[] tag = HmacSha256.tag(
                key, ascii("what do ya want ").toArray(), ascii("for nothing?").toArray());
        assertThat(Bytes.adopt(tag).hex())
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    /** RFC 5869, appendix A.1. */
    @Test
    void hkdfIsTheStandards() {
        byte[] input = Bytes.fromHex("0b".repeat(22)).toArray();
        Bytes salt = Bytes.fromHex("000102030405060708090a0b0c");
        byte[] key = HkdfSha256.extract(salt, input);
        assertThat(Bytes.copyOf(key).hex())
                .isEqualTo("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
        byte[] output = HkdfSha256.expand(key, Bytes.fromHex("f0f1f2f3f4f5f6f7f8f9"), 42);
        assertThat(Bytes.adopt(output).hex())
                .isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    }

    /** RFC 5869, appendix A.3: no salt, no info. */
    @Test
    void hkdfTakesNoSalt() {
        byte[] output =
                HkdfSha256.derive(Bytes.EMPTY, Bytes.fromHex("0b".repeat(22)).toArray(), Bytes.EMPTY, 42);
        assertThat(Bytes.adopt(output).hex())
                .isEqualTo("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
    }

    @Test
    void hkdfRefusesSizesOutsideItsLimits() {
        byte[] key = new byte[32];
        assertThat(HkdfSha256.expand(key, Bytes.EMPTY, HkdfSha256.MAX_OUTPUT)).hasSize(8160);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HkdfSha256.expand(key, Bytes.EMPTY, HkdfSha256.MAX_OUTPUT + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> HkdfSha256.expand(key, Bytes.EMPTY, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> HkdfSha256.expand(new byte[31], Bytes.EMPTY, 32));
    }

    @Test
    void comparisonIsByContent() {
        assertThat(HmacSha256.same(Bytes.fromHex("0102"), Bytes.fromHex("0102")))
                .isTrue();
        assertThat(HmacSha256.same(Bytes.fromHex("0102"), Bytes.fromHex("0103")))
                .isFalse();
        assertThat(HmacSha256.same(Bytes.fromHex("0102"), Bytes.fromHex("01"))).isFalse();
    }

    private static Bytes ascii(String text) {
        return Bytes.adopt(text.getBytes(StandardCharsets.US_ASCII));
    }
}
