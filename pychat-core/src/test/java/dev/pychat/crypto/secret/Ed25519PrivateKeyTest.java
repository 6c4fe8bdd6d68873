package dev.pychat.crypto.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.open.Label;
import dev.pychat.model.Bytes;
import org.junit.jupiter.api.Test;

class Ed25519PrivateKeyTest {

    /** RFC 8032, section 7.1, test 3. */
    @Test
    void signsAsTheStandardSays() {
        try (Ed25519PrivateKey key = Ed25519PrivateKey.ofSeed(
                SecretBytes.adopt(Bytes.fromHex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")
                        .toArray()))) {
            assertThat(key.publicKey().value().hex())
                    .isEqualTo("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
            assertThat(key.sign(Bytes.fromHex("af82")).hex())
                    .isEqualTo("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                            + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
        }
    }

    @Test
    void theLabelIsPartOfWhatIsSigned() {
        Ed25519PrivateKey key = Ed25519PrivateKey.generate(new SeededRandom(1));
        Bytes message = Bytes.fromHex("01");
        assertThat(key.sign(Label.MESSAGE_SIGNATURE, message))
                .isEqualTo(key.sign(Bytes.concat(Label.MESSAGE_SIGNATURE.bytes(), message)))
                .isNotEqualTo(key.sign(Label.EPOCH_SIGNATURE, message));
    }

    @Test
    void theSeedMakesTheSameKeyAgain() {
        Ed25519PrivateKey key = Ed25519PrivateKey.generate(new SeededRandom(1));
        assertThat(Ed25519PrivateKey.ofSeed(key.seed()).publicKey()).isEqualTo(key.publicKey());
    }

    @Test
    void aClosedKeySignsNothing() {
        Ed25519PrivateKey key = Ed25519PrivateKey.generate(new SeededRandom(1));
        key.close();
        assertThatIllegalStateException().isThrownBy(() -> key.sign(Label.MESSAGE_SIGNATURE, Bytes.EMPTY));
        assertThatIllegalStateException().isThrownBy(key::seed);
    }

    @Test
    void aSeedOfAnotherSizeIsTheCallersBug() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ed25519PrivateKey.ofSeed(SecretBytes.adopt(new byte[31])));
    }

    @Test
    void showsNoSeed() {
        Ed25519PrivateKey key = Ed25519PrivateKey.generate(new SeededRandom(1));
        String seed = key.seed().reveal(raw -> Bytes.copyOf(raw).hex());
        assertThat(key.toString()).doesNotContain(seed.substring(0, 8));
    }
}
