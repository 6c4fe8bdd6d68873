package dev.pychat.benchmarks.field;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;

/** All figures of all rounds, for programs. */
final class Json {

    private Json() {}

    static String of(Report report, Results results, List<Scenario> scenarios, List<String> failures) {
        JsonObject root = new JsonObject();
        JsonObject machine = new JsonObject();
        report.machine().forEach(machine::addProperty);
        root.add("machine", machine);
        JsonArray servers = new JsonArray();
        for (Report.Server server : report.servers()) {
            JsonObject one = new JsonObject();
            one.addProperty("name", server.name());
            one.addProperty("version", server.version());
            one.addProperty("durability", server.durability());
            one.addProperty("accepted", server.accepted());
            servers.add(one);
        }
        root.add("servers", servers);
        JsonArray cells = new JsonArray();
        for (Scenario scenario : scenarios) {
            results.cells(scenario.name()).forEach(cell -> cells.add(cell(results, cell)));
        }
        root.add("results", cells);
        JsonArray failed = new JsonArray();
        failures.forEach(failed::add);
        root.add("failures", failed);
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(root) + "\n";
    }

    private static JsonObject cell(Results results, Results.Cell cell) {
        JsonObject one = new JsonObject();
        one.addProperty("scenario", cell.scenario());
        one.addProperty("variant", cell.variant());
        one.addProperty("server", cell.server());
        JsonObject figures = new JsonObject();
        results.of(cell).forEach((figure, values) -> {
            Results.Spread spread = Results.Spread.of(values);
            JsonObject numbers = new JsonObject();
            numbers.addProperty("median", spread.median());
            numbers.addProperty("least", spread.least());
            numbers.addProperty("most", spread.most());
            JsonArray rounds = new JsonArray();
            values.forEach(rounds::add);
            numbers.add("rounds", rounds);
            figures.add(figure.name().toLowerCase(Locale.ROOT), numbers);
        });
        one.add("figures", figures);
        return one;
    }
}
