package dev.pychat.crypto.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.TestKeys;
import dev.pychat.crypto.open.KeyDefect;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.open.RsaOaep;
import dev.pychat.crypto.open.UnusableKeyException;
import dev.pychat.model.Bytes;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import org.junit.jupiter.api.Test;

class RsaPrivateKeyTest {

    private static final KeyPolicy TESTS = KeyPolicy.acceptPublishedTestKeysInsecurely();

    /** The real generator, once. */
    @Test
    void aGeneratedKeyIsUsableUnderTheProductionPolicy() throws Exception {
        SecureRandom random = new SecureRandom();
        RsaKeySource source = RsaKeySource.generating();
        RsaPrivateKey key = source.next(random);
        assertThat(key.publicKey().modulus().bitLength()).isEqualTo(3072);
        RsaPrivateKey kept = RsaPrivateKey.parse(key.pkcs8(), source.policy());
        Bytes ciphertext = RsaOaep.wrap(key.publicKey(), new byte[] {5}, random);
        assertThat(new Unwrapper().unwrap(kept, ciphertext, 1, random)).isEqualTo(SecretBytes.adopt(new byte[] {5}));
    }

    @Test
    void whatIsKeptIsTheSameKey() throws Exception {
        RsaPrivateKey key = TestKeys.rsa(3);
        assertThat(RsaPrivateKey.parse(key.pkcs8(), TESTS).publicKey()).isEqualTo(key.publicKey());
    }

    @Test
    void aPublishedTestKeyIsRefusedInProduction() {
        assertRefused(TestKeys.pkcs8(1), KeyPolicy.production(), KeyDefect.PUBLISHED_TEST_KEY);
    }

    @Test
    void garbageIsMalformedAndItsBytesAreNotQuoted() {
        assertRefused(new byte[0], TESTS, KeyDefect.MALFORMED);
        assertRefused(new byte[] {0x30, 1, 2}, TESTS, KeyDefect.MALFORMED);
        byte[] cut = java.util.Arrays.copyOf(TestKeys.pkcs8(1), 900);
        assertRefused(cut, TESTS, KeyDefect.MALFORMED);
    }

    @Test
    void numbersThatContradictEachOtherAreMalformed() throws Exception {
        RSAPrivateCrtKey key = TestKeys.rsa(1).jdkKey();
        BigInteger p = key.getPrimeP();
        BigInteger q = key.getPrimeQ();
        BigInteger dp = key.getPrimeExponentP();
        BigInteger dq = key.getPrimeExponentQ();
        BigInteger coefficient = key.getCrtCoefficient();
        assertContradicts(p, q, dp, dq, coefficient.add(BigInteger.TWO));
        assertContradicts(p, q, dp.add(BigInteger.TWO), dq, coefficient);
        assertContradicts(p, q, dp, dq.add(BigInteger.TWO), coefficient);
        assertContradicts(p.add(BigInteger.TWO), q, dp, dq, coefficient);
        assertContradicts(q, p, dp, dq, coefficient);
        assertContradicts(BigInteger.ONE, key.getModulus(), dp, dq, coefficient);
        assertContradicts(key.getModulus(), BigInteger.ONE, dp, dq, coefficient);
    }

    private static void assertContradicts(
            BigInteger p, BigInteger q, BigInteger dp, BigInteger dq, BigInteger coefficient) throws Exception {
        RSAPrivateCrtKey good = TestKeys.rsa(1).jdkKey();
        var spec = new RSAPrivateCrtKeySpec(
                good.getModulus(), good.getPublicExponent(), good.getPrivateExponent(), p, q, dp, dq, coefficient);
        assertRefused(KeyFactory.getInstance("RSA").generatePrivate(spec).getEncoded(), TESTS, KeyDefect.MALFORMED);
    }

    private static void assertRefused(byte[] pkcs8, KeyPolicy policy, KeyDefect defect) {
        assertThatThrownBy(() -> RsaPrivateKey.parse(SecretBytes.adopt(pkcs8), policy))
                .isInstanceOfSatisfying(
                        UnusableKeyException.class, e -> assertThat(e.defect()).isEqualTo(defect))
                .hasNoCause();
    }
}
