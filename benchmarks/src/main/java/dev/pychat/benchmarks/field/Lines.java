package dev.pychat.benchmarks.field;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Figures as text. */
final class Lines {

    private Lines() {}

    /** One line of what one round has shown. */
    static String of(String name, Results.Cell cell, Map<Figure, List<Double>> figures) {
        return name + ", " + cell.variant() + ": "
                + figures.entrySet().stream()
                        .map(entry -> entry.getKey().title() + " "
                                + number(entry.getKey(), entry.getValue().get(0)))
                        .collect(Collectors.joining("; "));
    }

    /** The median, and behind it the range where there is one. */
    static String of(Figure figure, Results.Spread spread) {
        String median = number(figure, spread.median());
        if (spread.least() == spread.most()) {
            return median;
        }
        return median + " (" + number(figure, spread.least()) + "–" + number(figure, spread.most()) + ")";
    }

    static String number(Figure figure, double value) {
        return String.format(Locale.ROOT, "%,." + figure.decimals() + "f", value);
    }
}
