package dev.pychat.benchmarks.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is made of several rounds. */
class ResultsTest {

    private static final Results.Cell CELL = new Results.Cell("S1", "10 pairs", "pychat");

    private final Results results = new Results();

    @Test
    void middleOfThreeRoundsAndTheirRange() {
        List.of(30.0, 10.0, 21.0).forEach(value -> results.add(CELL, Figure.SERVER_CPU, value));
        assertThat(results.spread(CELL, Figure.SERVER_CPU)).contains(new Results.Spread(21, 10, 30));
        assertThat(Lines.of(Figure.SERVER_CPU, new Results.Spread(21, 10, 30))).isEqualTo("21.0 (10.0–30.0)");
    }

    @Test
    void twoRoundsMeetInTheMiddle() {
        List.of(4.0, 1.0).forEach(value -> results.add(CELL, Figure.P50, value));
        assertThat(results.spread(CELL, Figure.P50)).contains(new Results.Spread(2.5, 1, 4));
    }

    @Test
    void whatWasNotMeasuredHasNoSpread() {
        assertThat(results.spread(CELL, Figure.P99)).isEmpty();
    }
}
