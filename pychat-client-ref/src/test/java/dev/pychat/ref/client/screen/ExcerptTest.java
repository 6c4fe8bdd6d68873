package dev.pychat.ref.client.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExcerptTest {
    @Test
    void messageOfUsualSizeIsShownWhole() {
        List<String> lines = List.of("one", "", "", "two", "x".repeat(10_000));
        assertThat(Excerpt.of(lines)).isEqualTo(new Excerpt(lines, 0));
    }

    @Test
    void emptyLinesInARowAreFoldedAndCounted() {
        assertThat(Excerpt.of(Collections.nCopies(65_537, ""))).isEqualTo(new Excerpt(List.of("", ""), 65_535));
        assertThat(Excerpt.of(List.of("a", "", "", "", "", "b"))).isEqualTo(new Excerpt(List.of("a", "", "", "b"), 2));
    }

    @Test
    void onlySoManyLinesAreShown() {
        List<String> lines =
                IntStream.range(0, 1_000).mapToObj(i -> "line " + i).toList();
        assertThat(Excerpt.of(lines)).isEqualTo(new Excerpt(lines.subList(0, Excerpt.MOST_LINES), 800));
    }

    @Test
    void lineWithoutEndIsCutButNotInsideACharacter() {
        String line = "x" + "\ud83d\ude00".repeat(30_000);
        Excerpt excerpt = Excerpt.of(List.of("first", line, "last"));
        assertThat(excerpt.left()).isEqualTo(2);
        assertThat(excerpt.lines()).hasSize(2);
        assertThat(excerpt.lines().get(1)).hasSizeBetween(16_000, Excerpt.MOST_CHARACTERS);
        assertThat(Character.isLowSurrogate(
                        excerpt.lines().get(1).charAt(excerpt.lines().get(1).length() - 1)))
                .isTrue();
    }
}
