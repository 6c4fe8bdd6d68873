package dev.pychat.crypto.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pychat.crypto.open.HkdfSha256;
import dev.pychat.crypto.open.Label;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import org.junit.jupiter.api.Test;

class ExportKeyTest {

    private static final PasswordCost SMALL = new PasswordCost(32, 1, 1);
    private static final Bytes SALT = Bytes.fromHex("07".repeat(32));

    @Test
    void isDerivedAsTheDocumentSays() throws Exception {
        Bytes bound = Sha256.of(Label.EXPORT_SALT, SALT);
        try (Passphrase passphrase = Passphrase.of("correct horse".toCharArray());
                SecretBytes stretched = Argon2id.derive(passphrase.utf8(), bound, SMALL);
                ExportKey key = ExportKey.derive(passphrase, SALT, SMALL)) {
            byte[] both = stretched.reveal(raw -> HkdfSha256.derive(Bytes.EMPTY, raw, Label.EXPORT_KEY.bytes(), 64));
            assertThat(key.key())
                    .isEqualTo(SecretBytes.adopt(Bytes.copyOf(both, 0, 32).toArray()));
            assertThat(key.commitment()).isEqualTo(Bytes.copyOf(both, 32, 32));
        }
    }

    @Test
    void isCommittedToItselfOnly() throws Exception {
        try (ExportKey key = derive("correct horse", SALT);
                ExportKey again = derive("correct horse", SALT);
                ExportKey other = derive("correct Horse", SALT);
                ExportKey salted = derive("correct horse", Bytes.fromHex("08".repeat(32)))) {
            assertThat(key.isCommittedTo(again.commitment())).isTrue();
            assertThat(key.isCommittedTo(other.commitment())).isFalse();
            assertThat(key.isCommittedTo(salted.commitment())).isFalse();
            assertThat(key.isCommittedTo(again.commitment().slice(0, 31))).isFalse();
            assertThat(key.isCommittedTo(Bytes.EMPTY)).isFalse();
        }
    }

    @Test
    void closingErasesIt() throws Exception {
        ExportKey key = derive("correct horse", SALT);
        key.close();
        assertThat(key.key().isErased()).isTrue();
    }

    @Test
    void aSaltOfAnotherSizeIsTheCallersBug() {
        for (int size : new int[] {0, 31, 33}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> derive("correct horse", Bytes.adopt(new byte[size])))
                    .withMessage("the salt has " + size + " bytes, must have 32");
        }
    }

    private static ExportKey derive(String typed, Bytes salt) throws Exception {
        try (Passphrase passphrase = Passphrase.of(typed.toCharArray())) {
            return ExportKey.derive(passphrase, salt, SMALL);
        }
    }
}
