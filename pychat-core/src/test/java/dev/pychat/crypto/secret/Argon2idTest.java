package dev.pychat.crypto.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.model.Bytes;
import org.junit.jupiter.api.Test;

class Argon2idTest {

    /** The expected value was computed with the reference implementation in C (libargon2 0~20171227). */
    @Test
    void derivesAsTheReferenceDoes() throws Exception {
        SecretBytes password = SecretBytes.adopt("correct horse".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        try (SecretBytes derived =
                Argon2id.derive(password, Bytes.fromHex("07".repeat(32)), new PasswordCost(64, 3, 2))) {
            assertThat(derived.<String, RuntimeException>reveal(
                            raw -> Bytes.copyOf(raw).hex()))
                    .isEqualTo("41f946a7e01357ea88bf4764de3e808e4250384aca1adac030f73e5927c4d1eb");
        }
    }
}
