package dev.pychat.ref.client.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
    @Test
    void controlsShowAsPictures() {
        assertThat(Printable.line("a\u001b[2Jb\u0007\u0000\t\u007f\r!"))
                .isEqualTo("a\u241b[2Jb\u2407\u2400\u2409\u2421\u240d!");
    }

    @Test
    void controlOfEightBitsShowsAsItsSevenBitForm() {
        assertThat(Printable.line("\u009b31m\u009d")).isEqualTo("\u241b[31m\u241b]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r\nb", "a\u0085b", "a\u2028b", "a\u2029b"})
    void everyKindOfLineBreakEndsTheLine(String text) {
        assertThat(Printable.lines(text)).containsExactly("a", "b");
        assertThat(Printable.line(text)).isEqualTo("a\u240ab");
    }

    @Test
    void emptyTextIsOneEmptyLine() {
        assertThat(Printable.lines("")).containsExactly("");
        assertThat(Printable.lines("\n")).containsExactly("", "");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0xad, 0x61c, 0x200b, 0x200e, 0x200f, 0x202a, 0x202e, 0x2060, 0x2066, 0x2069, 0xfeff, 0xe0041, 0xe01ef
            })
    void invisibleControlIsDropped(int codePoint) {
        assertThat(Printable.line("a" + Character.toString(codePoint) + "b")).isEqualTo("ab");
    }

    @ParameterizedTest
    @CsvSource({
        "d\u00e9j\u00e0 vu",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u05e9\u05dc\u05d5\u05dd",
        "\ud83d\udc69\u200d\ud83d\udcbb \u2764\ufe0f \ud83c\uddf3\ud83c\uddf1",
        "\u6f22\u5b57 \uff21",
        "e\u0301",
    })
    void ordinaryTextStaysAsItIs(String text) {
        assertThat(Printable.line(text)).isEqualTo(text);
    }

    @Test
    void pileOfMarksIsCutAndNeverBeginsALine() {
        assertThat(Printable.line("e" + "\u0301".repeat(500))).isEqualTo("e" + "\u0301".repeat(Printable.MOST_MARKS));
        assertThat(Printable.line("e" + "\u0301\u200d".repeat(500))).hasSize(1 + Printable.MOST_MARKS);
        assertThat(Printable.lines("a\n\u0301b")).containsExactly("a", "\u25cc\u0301b");
    }

    @Test
    void brokenCodePointsShowAsTheReplacementCharacter() {
        assertThat(Printable.line("a\ud800b\udfffc\uffff\ufdd0")).isEqualTo("a\ufffdb\ufffdc\ufffd\ufffd");
    }

    @Test
    void nothingThatIsShownSteersATerminal() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            List<String> lines = Printable.lines(RandomText.of(random));
            assertThat(lines).as("seed %d", seed).isNotEmpty().allSatisfy(PrintableTest::assertHarmless);
        }
    }

    @Test
    void whatIsHarmlessStaysAsItIs() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            for (String line : Printable.lines(RandomText.of(random))) {
                assertThat(Printable.lines(line)).as("seed %d", seed).containsExactly(line);
            }
        }
    }

    private static void assertHarmless(String line) {
        assertThat(line.codePoints()).allSatisfy(codePoint -> {
            assertThat(Character.getType(codePoint))
                    .as("U+%04X", codePoint)
                    .isNotIn((int) Character.CONTROL, (int) Character.LINE_SEPARATOR, (int)
                            Character.PARAGRAPH_SEPARATOR)
                    .isNotEqualTo((int) Character.SURROGATE);
            assertThat(Character.UnicodeBlock.of(codePoint)).isNotEqualTo(Character.UnicodeBlock.TAGS);
            assertThat(Character.getDirectionality(codePoint)).isNotIn(RandomText.EXPLICIT_DIRECTIONS);
        });
    }
}
