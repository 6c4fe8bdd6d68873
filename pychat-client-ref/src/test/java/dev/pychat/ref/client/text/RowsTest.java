package dev.pychat.ref.client.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.ref.client.text.Entry.Tone;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowsTest {
    private static final String HEAD = "2026-11-22 14:03 ~ [bob]: ";

    @Test
    void furtherLinesStandBehindTheGutter() {
        assertThat(Rows.of(said("one", "two", ""), Rows.ENDLESS))
                .containsExactly(HEAD + "one", Rows.GUTTER + "two", Rows.GUTTER);
    }

    @Test
    void fullRowGoesOnBehindTheGutter() {
        assertThat(Rows.of(said("x".repeat(40)), 40))
                .containsExactly(HEAD + "x".repeat(14), Rows.GUTTER + "x".repeat(26));
    }

    @Test
    void rowEndsBehindASpaceWhereThereIsOne() {
        assertThat(Rows.of(said("some words here"), 40)).containsExactly(HEAD + "some words ", Rows.GUTTER + "here");
    }

    @Test
    void narrowTerminalGetsTheTextOnRowsOfItsOwn() {
        assertThat(Rows.of(said("hello there"), 30)).containsExactly(HEAD.stripTrailing(), Rows.GUTTER + "hello there");
        assertThat(Rows.of(said("hello"), 3)).containsExactly(HEAD.stripTrailing(), Rows.GUTTER + "hello");
    }

    @Test
    void rightToLeftTextIsIsolatedAndOtherTextIsNot() {
        assertThat(Rows.of(said("\u05e9\u05dc\u05d5\u05dd"), Rows.ENDLESS))
                .containsExactly(HEAD + "\u2068\u05e9\u05dc\u05d5\u05dd\u2069");
        assertThat(Rows.of(said("d\u00e9j\u00e0 \ud83d\ude00"), Rows.ENDLESS))
                .containsExactly(HEAD + "d\u00e9j\u00e0 \ud83d\ude00");
    }

    @Test
    void wordsOfTheProgramStandAlone() {
        assertThat(Rows.of(Entry.plain("You have no new messages"), 80)).containsExactly("You have no new messages");
        assertThat(Rows.of(Entry.plain("You have no new messages"), 20))
                .containsExactly("You have no new ", "    messages");
    }

    @Test
    void wideCharactersFillTheRowTwiceAsFast() {
        assertThat(Rows.of(said("\u6f22".repeat(20)), 46))
                .containsExactly(HEAD + "\u6f22".repeat(10), Rows.GUTTER + "\u6f22".repeat(10));
    }

    @Test
    void noRowBeginsWithWhatAPeerWroteNorIsWiderThanTheTerminal() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            int width = 40 + random.nextInt(80);
            List<String> rows = Rows.of(said(Printable.lines(RandomText.of(random))), width);
            assertThat(rows.get(0)).as("seed %d", seed).startsWith(HEAD.stripTrailing());
            assertThat(rows.subList(1, rows.size()))
                    .as("seed %d", seed)
                    .allSatisfy(row -> assertThat(row).startsWith(Rows.GUTTER));
            assertThat(rows)
                    .as("seed %d, width %d", seed, width)
                    .allSatisfy(row -> assertThat(Cells.of(row.replaceAll("[\u2068\u2069]", "")))
                            .isLessThanOrEqualTo(width));
        }
    }

    private static Entry said(String... lines) {
        return said(List.of(lines));
    }

    private static Entry said(List<String> lines) {
        return new Entry(Tone.MESSAGE, HEAD, lines);
    }
}
