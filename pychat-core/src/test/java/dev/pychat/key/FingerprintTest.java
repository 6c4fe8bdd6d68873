package dev.pychat.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pychat.crypto.TestKeys;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    @Test
    void isTheHashOfTheSubjectPublicKeyInfo() {
        Bytes spki = Bytes.concat(
                Bytes.fromHex("302a300506032b6570032100"),
                TestBundles.IDENTITY.publicKey().value());
        assertThat(Fingerprint.of(TestBundles.IDENTITY.publicKey()).value()).isEqualTo(Sha256.of(spki));
    }

    /** As {@code openssl pkey -pubout -outform DER | sha256sum} says of the first committed key. */
    @Test
    void aKeyIdIsTheHashOfTheSubjectPublicKeyInfo() {
        assertThat(KeyId.of(TestKeys.rsa(1).publicKey()))
                .hasToString("350dc09a0eef1c7bd3267ac56a74509c19b1be052382691be60400593568e851");
    }

    @Test
    void bothHave32Bytes() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Fingerprint(Bytes.fromHex("00")));
        assertThatIllegalArgumentException().isThrownBy(() -> new KeyId(Bytes.fromHex("00")));
    }
}
