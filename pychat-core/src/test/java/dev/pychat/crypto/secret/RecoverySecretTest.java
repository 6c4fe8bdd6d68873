package dev.pychat.crypto.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.model.Bytes;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RecoverySecretTest {

    private final SeededRandom random = new SeededRandom(3);

    @Test
    void textIsTypedBackHoweverItIsWritten() throws Exception {
        for (int i = 0; i < 500; i++) {
            RecoverySecret secret = RecoverySecret.random(random);
            String text = new String(secret.text());
            assertThat(text).matches("([a-km-np-z2-9]{4}-){6}[a-km-np-z2-9]{4}");
            assertThat(parse(text)).isEqualTo(secret);
            assertThat(parse(text.toUpperCase(Locale.ROOT).replace('-', ' '))).isEqualTo(secret);
            assertThat(parse("  " + text.replace("-", "").replace('i', 'l') + "\n"))
                    .isEqualTo(secret);
            assertThat(parse(text.replace('i', '1'))).isEqualTo(secret);
        }
    }

    @Test
    void extremesHaveATextToo() throws Exception {
        for (String hex :
                new String[] {"00".repeat(16), "ff".repeat(16), "80" + "00".repeat(15), "00".repeat(15) + "01"}) {
            try (RecoverySecret secret = of(hex)) {
                assertThat(parse(new String(secret.text()))).isEqualTo(secret);
            }
        }
    }

    @Test
    void nearlyEverySlipIsNoticed() {
        int slips = 0;
        int unnoticed = 0;
        for (int i = 0; i < 20; i++) {
            String text = new String(RecoverySecret.random(random).text()).replace("-", "");
            for (int at = 0; at < text.length(); at++) {
                for (char other : RecoverySecret.ALPHABET.toCharArray()) {
                    String typed = text.substring(0, at) + other + text.substring(at + 1);
                    slips += typed.equals(text) ? 0 : 1;
                    unnoticed += !typed.equals(text) && isTaken(typed) ? 1 : 0;
                }
                if (at > 0 && text.charAt(at) != text.charAt(at - 1)) {
                    String typed =
                            text.substring(0, at - 1) + text.charAt(at) + text.charAt(at - 1) + text.substring(at + 1);
                    slips++;
                    unnoticed += isTaken(typed) ? 1 : 0;
                }
            }
        }
        assertThat(slips).isGreaterThan(17_000);
        // One in 4,096 is what twelve bits leave.
        assertThat(unnoticed).isLessThan(20);
    }

    @Test
    void whatIsNoSecretIsSaidWithoutRepeatingIt() {
        assertThatThrownBy(() -> parse("")).hasMessageContaining("it has 0 letters and digits, must have 28");
        assertThatThrownBy(() -> parse("abcd-efgh"))
                .hasMessageContaining("it has 8")
                .hasMessageNotContaining("abcd");
        assertThatThrownBy(() -> parse("a".repeat(2_000))).hasMessageContaining("more than 28");
        assertThatThrownBy(() -> parse("o".repeat(28))).hasMessageContaining("stands in none");
        assertThatThrownBy(() -> parse("\u0130".repeat(28))).hasMessageContaining("stands in none");
        assertThatThrownBy(() -> parse("a".repeat(28)))
                .isInstanceOf(RecoveryTextException.class)
                .hasMessageContaining("wrong, or two are exchanged");
        assertThatIllegalArgumentException().isThrownBy(() -> of("00"));
    }

    @Test
    void vaultKeyDependsOnBothAndIsNeither() {
        try (SecretBytes key = SecretBytes.random(random, 32);
                SecretBytes other = SecretBytes.random(random, 32);
                RecoverySecret secret = RecoverySecret.random(random);
                RecoverySecret another = RecoverySecret.random(random)) {
            assertThat(secret.vaultKey(key)).isEqualTo(secret.vaultKey(key)).isNotEqualTo(key);
            assertThat(secret.vaultKey(key)).isNotEqualTo(another.vaultKey(key)).isNotEqualTo(secret.vaultKey(other));
        }
    }

    @Test
    void erasedWhenClosedAndSilentAlways() {
        RecoverySecret secret = RecoverySecret.random(random);
        String text = new String(secret.text());
        RecoverySecret copy = secret.copy();
        secret.close();
        assertThatThrownBy(secret::text).isInstanceOf(IllegalStateException.class);
        assertThat(new String(copy.text())).isEqualTo(text);
        assertThat(copy.toString()).isEqualTo("recovery secret");
        assertThat(copy.hashCode()).isEqualTo(RecoverySecret.random(random).hashCode());
    }

    private static boolean isTaken(String typed) {
        try {
            parse(typed).close();
            return true;
        } catch (RecoveryTextException e) {
            return false;
        }
    }

    private static RecoverySecret parse(String typed) throws RecoveryTextException {
        return RecoverySecret.parse(typed.toCharArray());
    }

    private static RecoverySecret of(String hex) {
        try (SecretBytes bytes = SecretBytes.adopt(Bytes.fromHex(hex).toArray())) {
            return RecoverySecret.of(bytes);
        }
    }
}
