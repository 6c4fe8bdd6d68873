package dev.pychat.crypto.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.TestKeys;
import dev.pychat.crypto.open.HkdfSha256;
import dev.pychat.crypto.open.KeyDefect;
import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.MlKem;
import dev.pychat.crypto.open.MlKemPublicKey;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.crypto.open.UnusableKeyException;
import dev.pychat.model.Bytes;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Smallest and largest values, and what secrets say of themselves. */
class SecretEdgesTest {

    private final SeededRandom random = new SeededRandom(1);

    @Test
    void oneByteIsTheLeastThatIsExpanded() {
        assertThat(HkdfSha256.expand(new byte[32], Bytes.EMPTY, 1))
                .containsExactly(HkdfSha256.expand(new byte[32], Bytes.EMPTY, 32)[0]);
    }

    @Test
    void aBoxMayHoldNothing() throws Exception {
        SecretBytes key = SecretBytes.random(random, 32);
        Bytes box = SealedBox.seal(Label.DRAFT, key, Bytes.EMPTY, new byte[0], random);
        assertThat(box.size()).isEqualTo(SealedBox.OVERHEAD);
        assertThat(SealedBox.open(Label.DRAFT, key, Bytes.EMPTY, box)).isEmpty();
    }

    @Test
    void anotherKeyAndDamageAreToldApartInWords() {
        assertThat(new UnsealException(UnsealException.Reason.WRONG_KEY)).hasMessage("sealed under another key");
        assertThat(new UnsealException(UnsealException.Reason.DAMAGED))
                .hasMessage("altered or cut short since it was sealed");
    }

    @Test
    void anErasedSecretEqualsOnlyItself() {
        SecretBytes secret = SecretBytes.random(random, 3);
        assertThat(secret.equals(secret)).isTrue();
        secret.close();
        assertThat(secret.equals(secret)).isTrue();
    }

    @Test
    void aSaltIsDrawnAnewEachTime() {
        Bytes salt = PasswordKeys.newSalt(random);
        assertThat(salt.size()).isEqualTo(32);
        assertThat(PasswordKeys.newSalt(random)).isNotEqualTo(salt);
    }

    @Test
    void aRecoverySecretIsItsBytes() {
        try (SecretBytes bytes = SecretBytes.random(random, RecoverySecret.SIZE);
                RecoverySecret secret = RecoverySecret.of(bytes);
                RecoverySecret other = RecoverySecret.random(random)) {
            assertThat(secret.bytes()).isEqualTo(bytes);
            assertThat(secret).isNotEqualTo(other).isNotEqualTo(bytes);
        }
    }

    @Test
    void eachDecapsulationIsCounted() {
        AtomicInteger operations = new AtomicInteger();
        byte[] secret = new byte[MlKem.SECRET_SIZE];
        try (MlKemPrivateKey key = MlKemPrivateKey.generate(random)) {
            Bytes ciphertext = MlKem.encapsulate(key.publicKey(), secret, random);
            assertThat(new Unwrapper(operations::incrementAndGet).decapsulate(key, ciphertext))
                    .isEqualTo(SecretBytes.copyOf(secret));
            assertThat(operations).hasValue(1);
        }
    }

    @Test
    void privateHalvesShowThePublicOnes() {
        try (Ed25519PrivateKey signing = Ed25519PrivateKey.generate(random);
                MlKemPrivateKey wrapping = MlKemPrivateKey.generate(random)) {
            assertThat(signing).hasToString("private half of " + signing.publicKey());
            MlKemPublicKey half = wrapping.publicKey();
            assertThat(half).hasToString("ML-KEM-768 " + Sha256.of(half.value()));
        }
    }

    /** A factor of one leaves nothing to invert by; it is refused before anything is computed with it. */
    @Test
    void aModulusIsTheProductOfTwoRealFactors() throws Exception {
        RSAPrivateCrtKey good = TestKeys.rsa(1).jdkKey();
        BigInteger n = good.getModulus();
        BigInteger fitting = good.getPublicExponent().modInverse(n.subtract(BigInteger.ONE));
        assertMalformed(n, BigInteger.ONE, fitting);
        assertMalformed(BigInteger.ONE, n, fitting);
    }

    private static void assertMalformed(BigInteger p, BigInteger q, BigInteger exponent) throws Exception {
        RSAPrivateCrtKey good = TestKeys.rsa(1).jdkKey();
        var spec = new RSAPrivateCrtKeySpec(
                good.getModulus(),
                good.getPublicExponent(),
                good.getPrivateExponent(),
                p,
                q,
                exponent,
                exponent,
                good.getCrtCoefficient());
        byte[] pkcs8 = KeyFactory.getInstance("RSA").generatePrivate(spec).getEncoded();
        assertThatThrownBy(() ->
                        RsaPrivateKey.parse(SecretBytes.adopt(pkcs8), KeyPolicy.acceptPublishedTestKeysInsecurely()))
                .isInstanceOfSatisfying(
                        UnusableKeyException.class, e -> assertThat(e.defect()).isEqualTo(KeyDefect.MALFORMED));
    }
}
