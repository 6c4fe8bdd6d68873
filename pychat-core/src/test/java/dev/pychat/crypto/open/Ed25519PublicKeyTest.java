package dev.pychat.crypto.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.secret.Ed25519PrivateKey;
import dev.pychat.model.Bytes;
import java.math.BigInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519PublicKeyTest {

    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger L =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private final Ed25519PrivateKey signer = Ed25519PrivateKey.generate(new SeededRandom(1));
    private final Bytes message = Bytes.fromHex("00112233");
    private final Bytes signature = signer.sign(Label.BUNDLE_SIGNATURE, message);

    @Test
    void aSignatureVerifiesUnderItsLabelOnly() {
        assertThat(signer.publicKey().verifies(Label.BUNDLE_SIGNATURE, message, signature))
                .isTrue();
        assertThat(signer.publicKey().verifies(Label.EPOCH_SIGNATURE, message, signature))
                .isFalse();
    }

    @Test
    void everyFlippedBitOfASignatureIsNoticed() {
        for (int bit = 0; bit < 512; bit++) {
            byte[] flipped = signature.toArray();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(signer.publicKey().verifies(Label.BUNDLE_SIGNATURE, message, Bytes.adopt(flipped)))
                    .as("bit %d", bit)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 65, 128})
    void aSignatureOfAnotherLengthIsNone(int length) {
        Bytes resized = Bytes.concat(signature, signature).slice(0, length);
        assertThat(signer.publicKey().verifies(Label.BUNDLE_SIGNATURE, message, resized))
                .isFalse();
    }

    @Test
    void anAppendedZeroByteIsRefused() {
        Bytes longer = Bytes.concat(signature, Bytes.fromHex("00"));
        assertThat(signer.publicKey().verifies(Label.BUNDLE_SIGNATURE, message, longer))
                .isFalse();
    }

    @Test
    void aSecondSpellingOfTheScalarIsRefused() {
        BigInteger scalar = littleEndian(signature.slice(32, 32)).add(L);
        Bytes respelled = Bytes.concat(signature.slice(0, 32), encode(scalar));
        assertThat(signer.publicKey().verifies(Label.BUNDLE_SIGNATURE, message, respelled))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void aKeyThatIsNoPointOfPrimeOrderInCanonicalFormIsRefused(Bytes encoded) {
        assertThatThrownBy(() -> Ed25519PublicKey.parse(encoded))
                .isInstanceOfSatisfying(
                        UnusableKeyException.class, e -> assertThat(e.defect()).isEqualTo(KeyDefect.NOT_PRIME_ORDER));
        assertThatIllegalArgumentException().isThrownBy(() -> new Ed25519PublicKey(encoded));
    }

    static Stream<Bytes> unusable() {
        BigInteger sign = BigInteger.TWO.pow(255);
        BigInteger order8a =
                littleEndian(Bytes.fromHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"));
        BigInteger order8b =
                littleEndian(Bytes.fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"));
        Stream<BigInteger> smallOrder = Stream.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                P.subtract(BigInteger.ONE),
                order8a,
                order8b,
                P,
                P.add(BigInteger.ONE));
        Stream<BigInteger> withSign = smallOrder.flatMap(y -> Stream.of(y, y.add(sign)));
        // y = p + 3 stands for the good point y = 3 in a spelling that is not canonical; y = 2 is on no curve point.
        Stream<BigInteger> others = Stream.of(P.add(BigInteger.valueOf(3)), BigInteger.TWO);
        Stream<Bytes> mixedOrder =
                Stream.of(Bytes.fromHex("f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43"));
        return Stream.concat(Stream.concat(withSign, others).map(Ed25519PublicKeyTest::encode), mixedOrder);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 44})
    void aKeyOfAnotherLengthIsMalformed(int length) {
        assertThatThrownBy(() -> Ed25519PublicKey.parse(Bytes.adopt(new byte[length])))
                .isInstanceOfSatisfying(
                        UnusableKeyException.class, e -> assertThat(e.defect()).isEqualTo(KeyDefect.MALFORMED));
    }

    @Test
    void theEncodingIsTheOneOfRfc8410() throws Exception {
        var factory = java.security.KeyFactory.getInstance("Ed25519");
        var spec = new java.security.spec.X509EncodedKeySpec(
                signer.publicKey().subjectPublicKeyInfo().toArray());
        assertThat(factory.generatePublic(spec).getEncoded()).isEqualTo(spec.getEncoded());
    }

    private static BigInteger littleEndian(Bytes encoded) {
        byte[] reversed = new byte[encoded.size()];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = encoded.at(reversed.length - 1 - i);
        }
        return new BigInteger(1, reversed);
    }

    private static Bytes encode(BigInteger number) {
        byte[] encoded = new byte[32];
        for (int i = 0; i < 32; i++) {
            encoded[i] = number.shiftRight(8 * i).byteValue();
        }
        return Bytes.adopt(encoded);
    }
}
