package dev.pychat.crypto.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.TestKeys;
import dev.pychat.crypto.open.RsaOaep;
import dev.pychat.model.Bytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.junit.jupiter.api.Test;

class UnwrapperTest {

    private static final RsaPrivateKey KEY = TestKeys.rsa(1);

    private final SeededRandom random = new SeededRandom(1);
    private final AtomicInteger operations = new AtomicInteger();
    private final Unwrapper unwrapper = new Unwrapper(operations::incrementAndGet);
    private final byte[] secret = Bytes.random(random, 32).toArray();

    @Test
    void unwrapsWhatWasWrapped() {
        Bytes ciphertext = RsaOaep.wrap(KEY.publicKey(), secret, random);
        assertThat(ciphertext.size()).isEqualTo(384);
        assertThat(unwrapper.unwrap(KEY, ciphertext, 32, random)).isEqualTo(SecretBytes.copyOf(secret));
        assertThat(operations).hasValue(1);
    }

    @Test
    void mgf1WithSha1IsNotUnderstood() throws Exception {
        Bytes ciphertext = wrapWith(MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT);
        assertRandomAnswer(ciphertext);
        assertThat(operations).hasPositiveValue();
    }

    @Test
    void aLabelIsNotUnderstood() throws Exception {
        assertRandomAnswer(wrapWith(MGF1ParameterSpec.SHA256, new PSource.PSpecified(new byte[] {1})));
    }

    @Test
    void theSameParametersByHandAreUnderstood() throws Exception {
        Bytes ciphertext = wrapWith(MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
        assertThat(unwrapper.unwrap(KEY, ciphertext, 32, random)).isEqualTo(SecretBytes.copyOf(secret));
    }

    @Test
    void aWrongLengthOrValueCostsNoPrivateOperation() {
        Bytes ciphertext = RsaOaep.wrap(KEY.publicKey(), secret, random);
        assertRandomAnswer(Bytes.EMPTY);
        assertRandomAnswer(ciphertext.slice(0, 383));
        assertRandomAnswer(Bytes.concat(Bytes.fromHex("00"), ciphertext));
        assertRandomAnswer(Bytes.concat(ciphertext, Bytes.fromHex("00")));
        assertRandomAnswer(number(KEY.publicKey().modulus()));
        assertRandomAnswer(Bytes.fromHex("ff".repeat(384)));
        assertThat(operations).hasValue(0);
    }

    @Test
    void everyOtherBadCiphertextGivesARandomAnswerToo() {
        BigInteger modulus = KEY.publicKey().modulus();
        assertRandomAnswer(number(BigInteger.ZERO));
        assertRandomAnswer(number(BigInteger.ONE));
        assertRandomAnswer(number(modulus.subtract(BigInteger.ONE)));
        byte[] flipped = RsaOaep.wrap(KEY.publicKey(), secret, random).toArray();
        flipped[383] ^= 1;
        assertRandomAnswer(Bytes.adopt(flipped));
        assertRandomAnswer(RsaOaep.wrap(TestKeys.rsa(2).publicKey(), secret, random));
        assertRandomAnswer(RsaOaep.wrap(KEY.publicKey(), new byte[31], random));
        assertRandomAnswer(RsaOaep.wrap(KEY.publicKey(), new byte[0], random));
        assertRandomAnswer(RsaOaep.wrap(KEY.publicKey(), new byte[318], random));
    }

    @Test
    void aSecretThatDoesNotFitIsTheCallersBug() {
        assertThatIllegalArgumentException().isThrownBy(() -> RsaOaep.wrap(KEY.publicKey(), new byte[319], random));
    }

    @Test
    void theSameRandomnessWrapsToTheSameBytes() {
        Bytes once = RsaOaep.wrap(KEY.publicKey(), secret, new SeededRandom(5));
        assertThat(RsaOaep.wrap(KEY.publicKey(), secret, new SeededRandom(5))).isEqualTo(once);
        assertThat(RsaOaep.wrap(KEY.publicKey(), secret, new SeededRandom(6))).isNotEqualTo(once);
    }

    private void assertRandomAnswer(Bytes ciphertext) {
        try (SecretBytes one = unwrapper.unwrap(KEY, ciphertext, 32, random);
                SecretBytes other = unwrapper.unwrap(KEY, ciphertext, 32, random)) {
            assertThat(one.size()).isEqualTo(32);
            assertThat(one).isNotEqualTo(SecretBytes.copyOf(secret)).isNotEqualTo(other);
            assertThat(one).isNotEqualTo(SecretBytes.adopt(new byte[32]));
        }
    }

    private Bytes wrapWith(MGF1ParameterSpec mgf1, PSource label) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
        RSAPublicKeySpec spec = new RSAPublicKeySpec(KEY.publicKey().modulus(), BigInteger.valueOf(65537));
        cipher.init(
                Cipher.ENCRYPT_MODE,
                KeyFactory.getInstance("RSA").generatePublic(spec),
                new OAEPParameterSpec("SHA-256", "MGF1", mgf1, label));
        return Bytes.adopt(cipher.doFinal(secret));
    }

    private static Bytes number(BigInteger value) {
        byte[] raw = value.toByteArray();
        byte[] fixed = new byte[384];
        int taken = Math.min(384, raw.length);
        System.arraycopy(raw, raw.length - taken, fixed, 384 - taken, taken);
        return Bytes.adopt(fixed);
    }
}
