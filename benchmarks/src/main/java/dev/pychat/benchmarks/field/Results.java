package dev.pychat.benchmarks.field;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** All figures of a run, in the order in which they came. Confined to one thread. */
final class Results {

    /**
     * Where a figure belongs.
     *
     * @param scenario such as S1
     * @param variant such as how many pairs
     * @param server the server's name
     */
    record Cell(String scenario, String variant, String server) {}

    /**
     * What several rounds have shown of one figure.
     *
     * @param median the middle one, or the mean of the two in the middle
     * @param least the lowest
     * @param most the highest
     */
    record Spread(double median, double least, double most) {

        static Spread of(List<Double> values) {
            List<Double> sorted = new ArrayList<>(values);
            Collections.sort(sorted);
            int middle = sorted.size() / 2;
            double median =
                    sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
            return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
        }
    }

    private final Map<Cell, Map<Figure, List<Double>>> rounds = new LinkedHashMap<>();
    private final Map<String, Histogram> latencies = new LinkedHashMap<>();

    void add(Cell cell, Figure figure, double value) {
        rounds.computeIfAbsent(cell, any -> new LinkedHashMap<>())
                .computeIfAbsent(figure, any -> new ArrayList<>())
                .add(value);
    }

    void addAll(Results others) {
        others.rounds.forEach((cell, figures) ->
                figures.forEach((figure, values) -> values.forEach(value -> add(cell, figure, value))));
        others.latencies.forEach(this::addLatency);
    }

    /** All rounds of a server make one curve. */
    void addLatency(String server, Histogram nanos) {
        latencies
                .computeIfAbsent(server, any -> new Histogram(nanos.getNumberOfSignificantValueDigits()))
                .add(nanos);
    }

    Map<String, Histogram> latencies() {
        return Collections.unmodifiableMap(latencies);
    }

    List<Cell> cells(String scenario) {
        return rounds.keySet().stream()
                .filter(cell -> cell.scenario().equals(scenario))
                .toList();
    }

    Map<Figure, List<Double>> of(Cell cell) {
        return Collections.unmodifiableMap(rounds.getOrDefault(cell, Map.of()));
    }

    Optional<Spread> spread(Cell cell, Figure figure) {
        return Optional.ofNullable(of(cell).get(figure)).map(Spread::of);
    }
}
