package dev.pychat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsernameTest {

    @ParameterizedTest
    @ValueSource(strings = {"ab", "0a", "a.b_c-d", "abcdefghijklmnopqrstuvwxyz012345"})
    void canonicalNameIsTakenAsItIs(String name) {
        assertThat(new Username(name)).hasToString(name);
        assertThat(Username.parse(name)).isEqualTo(new Username(name));
    }

    @Test
    void typedNameIsCutAndFolded() {
        assertThat(Username.parse(" \tAlice ")).isEqualTo(new Username("alice"));
        assertThatThrownBy(() -> new Username("Alice")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "-a", ".a", "_a", "a b", "al\u00efce", "\u0131a", "abcdefghijklmnopqrstuvwxyz0123456"})
    void anythingElseIsRefusedWithWhatIsAllowed(String name) {
        assertThatThrownBy(() -> Username.parse(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a-z 0-9 . _ -");
    }

    @ParameterizedTest
    @CsvSource({
        "Not A Name, Not A Name",
        "Ren\u00e9e!, Ren\u00e9e!",
        "Rene\u0301e, Rene\u0301e",
        "\u05d0\u05dc\u05d9\u05e1, \u05d0\u05dc\u05d9\u05e1",
        "\ud83d\ude00\ud83d\ude00, \ud83d\ude00\ud83d\ude00",
        "a\u00a0b, a<U+00A0>b",
        "a\tb, a<U+0009>b",
        "a\u001bb, a<U+001B>b",
        "a\u202eb, a<U+202E>b",
        "a\ud800b, a<U+D800>b"
    })
    void refusedNameIsShownSoThatAPersonKnowsIt(String typed, String shown) {
        assertThatThrownBy(() -> Username.parse(typed)).hasMessageStartingWith("\"" + shown + "\" is not a user name");
    }

    @Test
    void longNameIsCutBetweenCharacters() {
        assertThatThrownBy(() -> Username.parse("\ud83d\ude00".repeat(40)))
                .hasMessageStartingWith("\"" + "\ud83d\ude00".repeat(Username.MAX_LENGTH) + "...\"");
    }
}
