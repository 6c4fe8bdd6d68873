package dev.pychat.crypto.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.TestKeys;
import dev.pychat.model.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A key has one encoding, at every level of it, and says of itself only what is public. */
class RsaKeyFormTest {

    private static final KeyPolicy TESTS = KeyPolicy.acceptPublishedTestKeysInsecurely();
    private static final RsaPublicKey KEY = TestKeys.rsa(1).publicKey();
    private static final String ALGORITHM = "300d06092a864886f70d0101010500";
    private static final String MODULUS =
            "02820181" + Bytes.adopt(KEY.modulus().toByteArray()).hex();
    private static final String EXPONENT = "0203010001";
    private static final String SOMETHING = "0500";

    @Test
    void theFormThatTheTestsBuildIsTheRealOne() throws Exception {
        assertThat(key(ALGORITHM, MODULUS + EXPONENT, "", "")).isEqualTo(KEY.subjectPublicKeyInfo());
        assertThat(RsaPublicKey.parse(key(ALGORITHM, MODULUS + EXPONENT, "", ""), TESTS))
                .isEqualTo(KEY);
    }

    @Test
    void nothingFollowsInsideAnyOfItsParts() {
        assertMalformed(key(ALGORITHM, MODULUS + EXPONENT + SOMETHING, "", ""));
        assertMalformed(key(ALGORITHM, MODULUS + EXPONENT, SOMETHING, ""));
        assertMalformed(key(ALGORITHM, MODULUS + EXPONENT, "", SOMETHING));
    }

    @Test
    void anExponentOfZeroIsAnotherExponent() {
        assertDefect(key(ALGORITHM, MODULUS + "020100", "", ""), KeyDefect.WRONG_EXPONENT);
    }

    @Test
    void aKeyEqualsItsEncodingAndNoOther() {
        RsaPublicKey other = TestKeys.rsa(2).publicKey();
        assertThat(TestKeys.rsa(1).publicKey()).isEqualTo(KEY).hasSameHashCodeAs(KEY);
        assertThat(KEY).isNotEqualTo(other).isNotEqualTo(KEY.subjectPublicKeyInfo());
        assertThat(KEY.hashCode()).isNotEqualTo(other.hashCode());
    }

    @Test
    void aKeyIsShownByItsSizeAndHash() {
        assertThat(KEY).hasToString("RSA-3072 " + Sha256.of(KEY.subjectPublicKeyInfo()));
        assertThat(TestKeys.rsa(1)).hasToString("private half of " + KEY);
    }

    @Test
    void aPolicySaysWhichItIs() {
        assertThat(KeyPolicy.production()).hasToString("production");
        assertThat(TESTS).hasToString("accepts published test keys");
    }

    @ParameterizedTest
    @EnumSource
    void eachDefectIsASentenceOfItsOwn(KeyDefect defect) {
        assertThat(new UnusableKeyException("RSA key", defect))
                .hasMessageMatching("this RSA key (is|has) .*[^.]")
                .hasMessageEndingWith(defect.sentence());
    }

    @Test
    void aSecretThatIsTooLongIsAnsweredWithTheLimit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RsaOaep.wrap(KEY, new byte[319], new SeededRandom(1)))
                .withMessage("the secret has 319 bytes, allowed are 318");
    }

    /** The DER of a SubjectPublicKeyInfo with something behind its numbers, behind their sequence or behind the bit string. */
    private static Bytes key(String algorithm, String numbers, String afterNumbers, String afterString) {
        String bits = "00" + tagged("30", numbers) + afterNumbers;
        return Bytes.fromHex(tagged("30", algorithm + tagged("03", bits) + afterString));
    }

    private static String tagged(String tag, String content) {
        return tag + "82" + String.format(java.util.Locale.ROOT, "%04x", content.length() / 2) + content;
    }

    private static void assertMalformed(Bytes encoded) {
        assertDefect(encoded, KeyDefect.MALFORMED);
    }

    private static void assertDefect(Bytes encoded, KeyDefect defect) {
        assertThatThrownBy(() -> RsaPublicKey.parse(encoded, TESTS))
                .isInstanceOfSatisfying(
                        UnusableKeyException.class, e -> assertThat(e.defect()).isEqualTo(defect));
    }
}
