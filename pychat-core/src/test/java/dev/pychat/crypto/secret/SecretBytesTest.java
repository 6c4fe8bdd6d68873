package dev.pychat.crypto.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.pychat.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretBytesTest {

    @Test
    void closingErasesTheArrayThatWasTakenOver() {
        byte[] raw = {1, 2, 3};
        SecretBytes secret = SecretBytes.adopt(raw);
        assertThat(secret.isErased()).isFalse();
        secret.close();
        secret.close();
        assertThat(raw).containsOnly(0);
        assertThat(secret.isErased()).isTrue();
    }

    @Test
    void aReadersCopyIsErasedAfterwards() {
        SecretBytes secret = SecretBytes.copyOf(new byte[] {1, 2, 3});
        List<byte[]> kept = new ArrayList<>();
        secret.reveal(kept::add);
        assertThat(kept.get(0)).containsOnly(0);
        assertThat(secret.<byte[], RuntimeException>reveal(byte[]::clone)).containsExactly(1, 2, 3);
    }

    @Test
    void anErasedSecretIsNotReadAsZeros() {
        SecretBytes secret = SecretBytes.copyOf(new byte[32]);
        secret.close();
        assertThatIllegalStateException().isThrownBy(secret::copy);
        assertThatIllegalStateException().isThrownBy(() -> secret.slice(0, 1));
        assertThatIllegalStateException().isThrownBy(() -> secret.hmac(new byte[1]));
        assertThatIllegalStateException().isThrownBy(() -> secret.expand(Bytes.EMPTY, 32));
        assertThatIllegalStateException().isThrownBy(() -> secret.derive(Bytes.EMPTY, Bytes.EMPTY, 32));
    }

    @Test
    void aCopyLivesOn() {
        SecretBytes secret = SecretBytes.copyOf(new byte[] {1, 2, 3, 4});
        SecretBytes copy = secret.copy();
        SecretBytes part = secret.slice(1, 2);
        secret.close();
        assertThat(copy).isEqualTo(SecretBytes.copyOf(new byte[] {1, 2, 3, 4}));
        assertThat(part).isEqualTo(SecretBytes.copyOf(new byte[] {2, 3}));
    }

    @Test
    void equalsByContentAndShowsNothing() {
        SecretBytes secret = SecretBytes.copyOf(new byte[] {77, 78, 79});
        assertThat(secret)
                .isEqualTo(SecretBytes.copyOf(new byte[] {77, 78, 79}))
                .hasSameHashCodeAs(SecretBytes.copyOf(new byte[] {1, 2, 3}))
                .isNotEqualTo(SecretBytes.copyOf(new byte[] {77, 78, 80}))
                .isNotEqualTo(SecretBytes.copyOf(new byte[] {77, 78}))
                .hasToString("secret of 3 bytes");
        SecretBytes erased = SecretBytes.copyOf(new byte[3]);
        erased.close();
        assertThat(erased).isNotEqualTo(SecretBytes.copyOf(new byte[3])).hasToString("erased secret");
    }

    /** RFC 4231, test case 2, and RFC 5869, appendix A.1. */
    @Test
    void derivesAsTheStandardsSay() {
        SecretBytes jefe = SecretBytes.copyOf(new byte[] {'J', 'e', 'f', 'e'});
        byte[] message = "what do ya want for nothing?".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(hex(jefe.hmac(message)))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        SecretBytes input = SecretBytes.adopt(Bytes.fromHex("0b".repeat(22)).toArray());
        Bytes info = Bytes.fromHex("f0f1f2f3f4f5f6f7f8f9");
        assertThat(hex(input.derive(Bytes.fromHex("000102030405060708090a0b0c"), info, 42)))
                .isEqualTo("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
        SecretBytes key =
                SecretBytes.adopt(Bytes.fromHex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5")
                        .toArray());
        assertThat(hex(key.expand(info, 16))).isEqualTo("3cb25f25faacd57a90434f64d0362f2a");
    }

    private static String hex(SecretBytes secret) {
        return secret.reveal(raw -> Bytes.copyOf(raw).hex());
    }
}
