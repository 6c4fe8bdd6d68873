package dev.pychat.crypto.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.secret.PassphraseException.Reason;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each range of characters that is refused, up to its edges, and the neighbours that are not. */
class PassphraseCharactersTest {

    @ParameterizedTest
    @CsvSource({
        "34f, 34f",
        "115f, 1160",
        "17b4, 17b5",
        "180b, 180f",
        "3164, 3164",
        "fe00, fe0f",
        "ffa0, ffa0",
        "e0000, e0fff"
    })
    void whatShowsAsNothingIsRefused(String first, String last) {
        assertRefused(first, last);
    }

    @ParameterizedTest
    @CsvSource({"1100, 11ff", "a960, a97c", "d7b0, d7fb"})
    void jamoThatComposeToNoSyllableAreRefused(String first, String last) {
        assertRefused(first, last);
    }

    @ParameterizedTest
    @CsvSource({"34e", "350", "10ff", "1200", "17b6", "180a", "1810", "3163", "3165", "a95f", "fe10", "ff9f", "ffa1"})
    void theNeighboursAreTakenAsTheyAre(String codePoint) throws Exception {
        String typed = "passphrase " + character(codePoint);
        try (Passphrase passphrase = Passphrase.of(typed.toCharArray())) {
            byte[] expected = typed.getBytes(StandardCharsets.UTF_8);
            assertThat(passphrase.utf8().<byte[], RuntimeException>reveal(byte[]::clone))
                    .isEqualTo(expected);
        }
    }

    @Test
    void eightBytesAreEnoughAndSevenAreNot() throws Exception {
        Passphrase.of("8 bytes!".toCharArray()).close();
        assertThatThrownBy(() -> Passphrase.of("7 bytes".toCharArray()))
                .hasMessage("the passphrase is too short: at least 8 bytes are needed");
    }

    @Test
    void hashTellsNothing() throws Exception {
        try (Passphrase one = Passphrase.of("correct horse".toCharArray());
                Passphrase other = Passphrase.of("battery staple".toCharArray())) {
            assertThat(one).hasSameHashCodeAs(other).isNotEqualTo("correct horse");
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachRefusalIsASentence(Reason reason) {
        assertThat(new PassphraseException(reason)).hasMessageMatching("the passphrase (is|contains) .*[^.]");
    }

    private static void assertRefused(String first, String last) {
        for (int c = Integer.parseInt(first, 16); c <= Integer.parseInt(last, 16); c++) {
            String typed = "passphrase " + Character.toString(c) + " more";
            assertThatThrownBy(() -> Passphrase.of(typed.toCharArray()))
                    .as("U+%04X", c)
                    .isInstanceOfSatisfying(
                            PassphraseException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.UNSAFE_CHARACTER));
        }
    }

    private static String character(String codePoint) {
        return Character.toString(Integer.parseInt(codePoint, 16));
    }
}
