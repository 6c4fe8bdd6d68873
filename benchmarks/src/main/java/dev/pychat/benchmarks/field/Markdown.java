package dev.pychat.benchmarks.field;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The figures for people.
 *
 * @param report what was measured on what
 * @param results what came out
 */
record Markdown(Report report, Results results) {

    private static final String ABOUT = """
            # Results

            Written by `scripts/bench-field`, which measures pychat's reference server and other servers under the same load, in turn in each
            round. Each figure is the median of the rounds, and behind it their range.

            Load generator and servers share the cores of one machine. So what a message costs the server is told best by the server's
            processor time for it; messages each second and times are to be compared with each other only, within this
            run. A ratio below 1.5 means nothing unless both ranges are narrow.

            Each server is alone on the machine when it is measured, speaks TLS 1.3 with the same P-256 certificate over loopback, and carries the
            same bodies of 400 bytes. How it keeps messages is what its package comes with. ejabberd and Prosody run without their limits on traffic,
            with few of their modules, and with passwords that they need not hash, and mosquitto without Nagle's algorithm, which Debian leaves on:
            all of that is in their favour. Clients log in with a password,
            and those of pychat with a token, as after each reconnect. Before anything counts, each is kept busy for the time that `--warm-up`
            gives, but those whose code is not compiled while it runs, which is all but pychat, for 10 seconds at most. For another load a JVM compiles
            anew, so all of them then go on with each further number of pairs in S1 for a tenth of `--warm-up`, and in S2 at its rate for half of it. What a server does with a message before it calls it accepted differs, and is the first
            thing to look at:

            """;

    private static final String PLOTS = """
            ## Plots

            Server processor time for 1,000 messages against the number of pairs (S1):

            ![Server processor time for 1,000 messages against the number of pairs](%s)

            Latency by quantile, all rounds together (S2):

            ![Latency by quantile](%s)
            """.formatted(Report.CPU_PLOT, Report.LATENCY_PLOT);

    String text(List<Scenario> scenarios, List<String> failures, Duration time) {
        StringBuilder text = new StringBuilder(ABOUT);
        servers(text);
        machine(text, time);
        failures(text, failures);
        scenarios.forEach(scenario -> scenario(text, scenario));
        text.append(PLOTS);
        return text.toString();
    }

    private void servers(StringBuilder text) {
        row(text, List.of("server", "version", "kept", "accepted means"));
        rule(text, 4);
        report.servers()
                .forEach(server ->
                        row(text, List.of(server.name(), server.version(), server.durability(), server.accepted())));
    }

    private void machine(StringBuilder text, Duration time) {
        text.append("\n## Machine and command\n\n");
        report.machine()
                .forEach((name, value) -> text.append("- ")
                        .append(name)
                        .append(": ")
                        .append(value)
                        .append('\n'));
        text.append("- took: ")
                .append(time.toMinutes())
                .append(" min ")
                .append(time.toSecondsPart())
                .append(" s\n");
        text.append("- command: `").append(command()).append("`\n");
    }

    private String command() {
        return "scripts/bench-field"
                + report.settings().given().stream().map(word -> " " + word).collect(Collectors.joining());
    }

    private static void failures(StringBuilder text, List<String> failures) {
        if (!failures.isEmpty()) {
            text.append("\n## What failed\n\n");
            failures.forEach(failure -> text.append("- ")
                    .append(failure.lines().findFirst().orElse(""))
                    .append('\n'));
        }
    }

    private void scenario(StringBuilder text, Scenario scenario) {
        Scale scale = report.settings().scale();
        List<Results.Cell> cells = results.cells(scenario.name());
        List<Figure> columns = Arrays.stream(Figure.values())
                .filter(figure ->
                        cells.stream().anyMatch(cell -> results.of(cell).containsKey(figure)))
                .toList();
        text.append("\n## ")
                .append(scenario.name())
                .append(": ")
                .append(scenario.what(scale))
                .append("\n\n")
                .append(scenario.rounds(scale) == 1 ? "One round." : scenario.rounds(scale) + " rounds.")
                .append("\n\n");
        List<String> titles = columns.stream().map(Figure::title).collect(Collectors.toList());
        titles.addAll(0, List.of("", "server"));
        row(text, titles);
        rule(text, titles.size());
        for (String variant :
                cells.stream().map(Results.Cell::variant).distinct().toList()) {
            for (Report.Server server : report.servers()) {
                Results.Cell cell = new Results.Cell(scenario.name(), variant, server.name());
                if (cells.contains(cell)) {
                    List<String> row = columns.stream()
                            .map(figure -> results.spread(cell, figure)
                                    .map(spread -> Lines.of(figure, spread))
                                    .orElse(""))
                            .collect(Collectors.toList());
                    row.addAll(0, List.of(variant, server.name()));
                    row(text, row);
                }
            }
        }
        text.append('\n');
        columns.forEach(figure -> text.append("- *")
                .append(figure.title())
                .append("*: ")
                .append(figure.meaning())
                .append(".\n"));
    }

    private static void row(StringBuilder text, List<String> values) {
        text.append("| ").append(String.join(" | ", values)).append(" |\n");
    }

    private static void rule(StringBuilder text, int columns) {
        text.append("|---".repeat(columns)).append("|\n");
    }
}
