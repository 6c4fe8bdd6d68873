package dev.pychat.crypto.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.TestKeys;
import dev.pychat.model.Bytes;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RsaPublicKeyTest {

    private static final KeyPolicy TESTS = KeyPolicy.acceptPublishedTestKeysInsecurely();
    private static final RsaPublicKey KEY = TestKeys.rsa(1).publicKey();

    @Test
    void aGoodKeyIsTakenAndItsEncodingKept() throws Exception {
        RsaPublicKey parsed = RsaPublicKey.parse(KEY.subjectPublicKeyInfo(), TESTS);
        assertThat(parsed).isEqualTo(KEY).hasSameHashCodeAs(KEY);
        assertThat(parsed.modulus().bitLength()).isEqualTo(3072);
        assertThat(parsed.modulusSize()).isEqualTo(384);
        assertThat(parsed.subjectPublicKeyInfo()).isEqualTo(KEY.subjectPublicKeyInfo());
    }

    @Test
    void everyPublishedTestKeyIsRefusedByDefault() {
        for (int i = 1; i <= TestKeys.COUNT; i++) {
            Bytes encoded = TestKeys.rsa(i).publicKey().subjectPublicKeyInfo();
            assertRefused(() -> RsaPublicKey.parse(encoded), KeyDefect.PUBLISHED_TEST_KEY);
        }
    }

    @Test
    void sizesOutsideTheLimitsAreRefused() throws Exception {
        assertRefused(number(3071, 1), KeyDefect.TOO_SMALL);
        assertRefused(number(4097, 1), KeyDefect.TOO_LARGE);
        assertThat(RsaPublicKey.parse(encode(number(3073, 1), 65537)).modulusSize())
                .isEqualTo(385);
        RsaPublicKey largest = RsaPublicKey.parse(encode(number(4096, 1), 65537));
        assertThat(largest.modulusSize()).isEqualTo(512);
        assertThat(largest.subjectPublicKeyInfo().size()).isEqualTo(RsaPublicKey.MAX_ENCODED_SIZE);
    }

    @Test
    void anEvenModulusIsRefused() {
        assertRefused(KEY.modulus().add(BigInteger.ONE), KeyDefect.EVEN_MODULUS);
    }

    @Test
    void aModulusWithASmallFactorIsRefused() {
        for (int prime : new int[] {3, 5, 251, 257, 65521}) {
            assertRefused(number(3100, prime), KeyDefect.SMALL_FACTOR);
        }
    }

    @Test
    void theLeastPrimeAboveTheTrialLimitIsNotTried() {
        assertThatCode(() -> RsaPublicKey.parse(encode(number(3100, 65537), 65537)))
                .doesNotThrowAnyException();
    }

    @Test
    void anotherExponentIsRefused() throws Exception {
        for (int exponent : new int[] {3, 17, 65539}) {
            Bytes encoded = encode(KEY.modulus(), exponent);
            assertRefused(() -> RsaPublicKey.parse(encoded, TESTS), KeyDefect.WRONG_EXPONENT);
        }
        // The JDK encodes no exponent of 1, so it is patched in: the last three bytes are the exponent 65537.
        Bytes spki = KEY.subjectPublicKeyInfo();
        String one = spki.slice(0, spki.size() - 5).hex() + "0203000001";
        assertRefused(() -> RsaPublicKey.parse(Bytes.fromHex(one), TESTS), KeyDefect.MALFORMED);
    }

    @Test
    void bytesAfterTheEndAreRefused() {
        Bytes longer = Bytes.concat(KEY.subjectPublicKeyInfo(), Bytes.fromHex("00"));
        assertRefused(() -> RsaPublicKey.parse(longer, TESTS), KeyDefect.MALFORMED);
    }

    @Test
    void anotherAlgorithmIsRefused() {
        String pss = KEY.subjectPublicKeyInfo().hex().replace("2a864886f70d010101", "2a864886f70d01010a");
        assertRefused(() -> RsaPublicKey.parse(Bytes.fromHex(pss), TESTS), KeyDefect.MALFORMED);
    }

    /** What is not DER but only BER, each a second spelling of the same key. */
    @Test
    void aSecondSpellingIsRefused() {
        String spki = KEY.subjectPublicKeyInfo().hex();
        assertThat(spki).startsWith("308201a2300d").contains("0382018f00" + "3082018a" + "02820181" + "00");
        String longLength = spki.replaceFirst("308201a2300d", "308301a2300d").replaceFirst("^3083", "308300");
        assertRefused(() -> RsaPublicKey.parse(Bytes.fromHex(longLength), TESTS), KeyDefect.MALFORMED);
        String paddedModulus = spki.replaceFirst("308201a2", "308201a3")
                .replaceFirst("0382018f", "03820190")
                .replaceFirst("3082018a", "3082018b")
                .replaceFirst("0282018100", "028201820000");
        assertRefused(() -> RsaPublicKey.parse(Bytes.fromHex(paddedModulus), TESTS), KeyDefect.MALFORMED);
        String unusedBits = spki.replaceFirst("0382018f00", "0382018f01");
        assertRefused(() -> RsaPublicKey.parse(Bytes.fromHex(unusedBits), TESTS), KeyDefect.MALFORMED);
    }

    @Test
    void noDamagedEncodingIsTakenForTheSameKey() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = KEY.subjectPublicKeyInfo().toArray();
            damaged[random.nextInt(40)] ^= (byte) (1 << random.nextInt(8));
            try {
                RsaPublicKey parsed = RsaPublicKey.parse(Bytes.copyOf(damaged), TESTS);
                assertThat(parsed.modulus()).as("seed %d", seed).isNotEqualTo(KEY.modulus());
            } catch (UnusableKeyException expected) {
                assertThat(expected.defect()).isNotNull();
            }
        }
    }

    /** A number of so many bits, free of small factors besides the given one. */
    private static BigInteger number(int bits, int factor) {
        Random random = new Random(bits);
        BigInteger least = BigInteger.TWO.pow(bits - 1).divide(BigInteger.valueOf(factor));
        while (true) {
            BigInteger rest =
                    least.add(new BigInteger(least.bitLength() - 2, random)).setBit(0);
            boolean rough = IntStream.iterate(3, n -> n < 65536, n -> n + 2)
                    .noneMatch(n -> rest.mod(BigInteger.valueOf(n)).signum() == 0);
            if (rough) {
                return rest.multiply(BigInteger.valueOf(factor));
            }
        }
    }

    private static Bytes encode(BigInteger modulus, int exponent) throws Exception {
        RSAPublicKeySpec spec = new RSAPublicKeySpec(modulus, BigInteger.valueOf(exponent));
        return Bytes.adopt(KeyFactory.getInstance("RSA").generatePublic(spec).getEncoded());
    }

    private static void assertRefused(BigInteger modulus, KeyDefect defect) {
        assertRefused(() -> RsaPublicKey.parse(encode(modulus, 65537), TESTS), defect);
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable parsing, KeyDefect defect) {
        assertThatThrownBy(parsing)
                .isInstanceOfSatisfying(
                        UnusableKeyException.class, e -> assertThat(e.defect()).isEqualTo(defect));
    }
}
