package dev.pychat.ref.client.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.ref.client.screen.Typed.Blank;
import dev.pychat.ref.client.screen.Typed.Order;
import dev.pychat.ref.client.screen.Typed.Text;
import dev.pychat.ref.client.screen.Typed.Unknown;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypedTest {
    @ParameterizedTest
    @EnumSource(Command.class)
    void commandIsUnderstoodInAnyLetterCaseUnderTurkishRules(Command command) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            String lower = command.toString().toLowerCase(Locale.ROOT);
            assertThat(Typed.of(lower)).isEqualTo(new Order(command, ""));
            assertThat(Typed.of(command.toString())).isEqualTo(new Order(command, ""));
            assertThat(Typed.of(lower.substring(0, 2)
                            + command.toString().substring(1).substring(1)))
                    .isEqualTo(new Order(command, ""));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void argumentIsWhatFollowsWithoutOuterWhiteSpace() {
        assertThat(Typed.of("!talk   bob \t")).isEqualTo(new Order(Command.TALK, "bob"));
        assertThat(Typed.of("!list a b")).isEqualTo(new Order(Command.LIST, "a b"));
    }

    @Test
    void doubledMarkIsTextThatBeginsWithOne() {
        assertThat(Typed.of("!!back")).isEqualTo(new Text("!back"));
        assertThat(Typed.of("!!")).isEqualTo(new Text("!"));
        assertThat(Typed.of("!!!")).isEqualTo(new Text("!!"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "! back", "!backwards", "!BACK!"})
    void otherWordBehindTheMarkIsUnknown(String line) {
        assertThat(Typed.of(line)).isEqualTo(new Unknown());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "\n\n", "\u3000"})
    void whiteSpaceIsBlank(String line) {
        assertThat(Typed.of(line)).isEqualTo(new Blank());
    }

    @Test
    void pastedBlockIsTextWhateverItBeginsWith() {
        assertThat(Typed.of("!back\nand more\n")).isEqualTo(new Text("!back\nand more"));
        assertThat(Typed.of("!!a\nb")).isEqualTo(new Text("!!a\nb"));
        assertThat(Typed.of("!back\n")).isEqualTo(new Order(Command.BACK, ""));
    }

    @Test
    void innerAndLeadingWhiteSpaceOfTextStays() {
        assertThat(Typed.of("  a  b ")).isEqualTo(new Text("  a  b "));
    }
}
