package dev.pychat.crypto.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.secret.PassphraseException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PassphraseTest {

    @Test
    void copyOutlivesTheOneItWasMadeOf() throws Exception {
        Passphrase given = Passphrase.of("correct horse".toCharArray());
        Passphrase copy = given.copy();
        given.close();
        assertThat(copy).isEqualTo(Passphrase.of("correct horse".toCharArray()));
        copy.close();
        assertThatIllegalStateException().isThrownBy(() -> copy.utf8().copy());
    }

    @Test
    void asciiIsTakenAsItIs() throws Exception {
        assertThat(utf8("correct horse ~ 1")).isEqualTo("correct horse ~ 1");
        assertThat(utf8(" two  spaces ")).isEqualTo(" two  spaces ");
    }

    @Test
    void twoSpellingsOfACharacterAreOnePassphrase() throws Exception {
        assertThat(utf8("cafe\u0301 cafe\u0301")).isEqualTo("caf\u00e9 caf\u00e9");
        assertThat(utf8("\u1112\u1161\u11ab\uad6d\uc5b4")).isEqualTo("\ud55c\uad6d\uc5b4");
    }

    @Test
    void everySpaceIsTheSpace() throws Exception {
        assertThat(utf8("one\u00a0two\u3000three\u2003four")).isEqualTo("one two three four");
    }

    @Test
    void compatibilityFormsStayThemselves() throws Exception {
        assertThat(utf8("\uff26\uff55\uff4c\uff4c")).isEqualTo("\uff26\uff55\uff4c\uff4c");
    }

    @Test
    void lengthIsThatOfTheUtf8Form() throws Exception {
        assertRefused("seven77", Reason.TOO_SHORT);
        assertRefused("", Reason.TOO_SHORT);
        assertThat(utf8("\ud83d\ude00\ud83d\ude00")).hasSize(4);
        assertThat(utf8("x".repeat(1024))).hasSize(1024);
        assertRefused("x".repeat(1025), Reason.TOO_LONG);
        assertRefused("\u00e9".repeat(513), Reason.TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tab\tinside", "line\nend here", "zero\0inside", "delete\u007finside", "next\u0085line now"})
    void controlsAreRefused(String typed) {
        assertRefused(typed, Reason.CONTROL_CHARACTER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"half \ud83d of a pair", "half \ude00 of a pair", "at the end \ud83d"})
    void halfASurrogatePairIsRefused(String typed) {
        assertRefused(typed, Reason.NOT_TEXT);
    }

    @ParameterizedTest
    @CsvSource({
        "200d", "200b", "ad", "feff", "2028", "2029", "e000", "ffff", "378", "fe0f", "34f", "3164", "1112", "e0100"
    })
    void invisibleUnassignedAndPrivateCharactersAreRefused(String codePoint) {
        String character = Character.toString(Integer.parseInt(codePoint, 16));
        assertRefused("passphrase" + character + "more", Reason.UNSAFE_CHARACTER);
    }

    @Test
    void aSuggestionIsAcceptedAndNeverTheSame() throws Exception {
        Set<String> seen = new HashSet<>();
        SeededRandom random = new SeededRandom(1);
        for (int i = 0; i < 100; i++) {
            String suggested = new String(Passphrase.suggest(random));
            assertThat(suggested).matches("([a-km-np-z2-9]{4}-){4}[a-km-np-z2-9]{4}");
            assertThat(utf8(suggested)).isEqualTo(suggested);
            assertThat(seen.add(suggested)).isTrue();
        }
    }

    @Test
    void comparesByContentAndShowsNothing() throws Exception {
        Passphrase one = Passphrase.of("secret secret".toCharArray());
        assertThat(one)
                .isEqualTo(Passphrase.of("secret secret".toCharArray()))
                .isNotEqualTo(Passphrase.of("secret Secret".toCharArray()))
                .hasToString("passphrase");
    }

    @Test
    void closingErasesIt() throws Exception {
        Passphrase passphrase = Passphrase.of("secret secret".toCharArray());
        passphrase.close();
        assertThatIllegalStateException().isThrownBy(() -> passphrase.utf8().copy());
    }

    private static String utf8(String typed) throws PassphraseException {
        try (Passphrase passphrase = Passphrase.of(typed.toCharArray())) {
            return passphrase.utf8().reveal(raw -> new String(raw, StandardCharsets.UTF_8));
        }
    }

    private static void assertRefused(String typed, Reason reason) {
        assertThatThrownBy(() -> Passphrase.of(typed.toCharArray()))
                .isInstanceOfSatisfying(
                        PassphraseException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
