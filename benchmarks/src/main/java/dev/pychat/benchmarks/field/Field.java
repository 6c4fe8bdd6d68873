package dev.pychat.benchmarks.field;

import dev.pychat.benchmarks.contender.Certificate;
import dev.pychat.benchmarks.contender.Contender;
import dev.pychat.benchmarks.contender.Contenders;
import dev.pychat.benchmarks.contender.Net;
import dev.pychat.benchmarks.contender.Place;
import dev.pychat.benchmarks.load.Directories;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The reference server and its competitors under the same load: several rounds of each scenario, the servers in turn in each
 * round, and tables and plots of what came out.
 */
public final class Field {

    private static final List<Scenario> SCENARIOS =
            List.of(new OnlinePairs(), new SteadyRate(), new PeopleAway(), new IdleConnections());

    static final List<String> SCENARIO_NAMES =
            SCENARIOS.stream().map(Scenario::name).toList();

    /** Event loops of the generator: on few cores more of them would take from the server. */
    private static final int THREADS = 2;

    private static final int USAGE = 2;

    private final Settings settings;
    private final PrintStream out;
    private final Results results = new Results();
    private final List<String> failures = new ArrayList<>();

    private Field(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /**
     * Measures; exits with 1 if a scenario failed with a server, and with 2 if the options are wrong or a server is not installed.
     *
     * @param args the options; {@code scripts/bench-field --help} lists them
     * @throws IOException if files can't be written, or the generator's certificate can't be made
     * @throws InterruptedException if it was interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        // Without it the stores, which are opened here before the server opens them, would tell all that they do.
        System.setProperty("logback.configurationFile", "dev/pychat/ref/server/logback.xml");
        if (List.of(args).contains("--help")) {
            System.out.print(Settings.USAGE);
            return;
        }
        try {
            List<String> failures = run(Settings.parse(List.of(args)), System.out);
            System.exit(failures.isEmpty() ? 0 : 1);
        } catch (Settings.WrongException e) {
            System.err.println("bench-field: " + e.getMessage());
            System.err.print(Settings.USAGE);
            System.exit(USAGE);
        }
    }

    /** What failed, in sentences; empty if nothing did. */
    static List<String> run(Settings settings, PrintStream out)
            throws IOException, InterruptedException, Settings.WrongException {
        Field field = new Field(settings, out);
        Path work = Files.createTempDirectory("pychat-field");
        try {
            Certificate certificate = Certificate.make(work);
            try (Net net = Net.start(certificate.x509(), THREADS)) {
                field.all(field.chosen(net), work, certificate);
            }
        } finally {
            Directories.delete(work);
        }
        return field.failures;
    }

    private List<Contender> chosen(Net net) throws Settings.WrongException {
        List<Contender> chosen = Contenders.all(net, settings.javaHome(), settings.flags()).stream()
                .filter(contender -> settings.only().contains(contender.name()))
                .toList();
        List<String> missing = chosen.stream()
                .flatMap(contender -> contender.missing().stream())
                .toList();
        if (!missing.isEmpty()) {
            throw new Settings.WrongException("not installed: " + String.join(" ", missing)
                    + "; scripts/bench-field --install installs them from Debian, --only leaves them out");
        }
        return chosen;
    }

    private void all(List<Contender> contenders, Path work, Certificate certificate)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Report report = Report.begin(settings, contenders);
        out.print(report.head());
        Path shared = Files.createDirectory(work.resolve("shared"));
        for (Scenario scenario : SCENARIOS) {
            if (settings.scenarios().contains(scenario.name())) {
                for (int round = 1; round <= scenario.rounds(settings.scale()); round++) {
                    for (Contender contender : contenders) {
                        Path directory = Files.createDirectory(work.resolve("server"));
                        int users = scenario.users(settings.scale());
                        one(scenario, contender, round, new Place(directory, shared, certificate, users));
                        Directories.delete(directory);
                    }
                }
            }
        }
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        report.write(SCENARIOS, results, failures, time);
        out.println("the tables and plots are in " + settings.out() + ", made in " + time.toSeconds() + " s");
    }

    private void one(Scenario scenario, Contender contender, int round, Place place)
            throws IOException, InterruptedException {
        String name = scenario.name() + ", round " + round + ", " + contender.name();
        Results own = new Results();
        try {
            scenario.run(contender, new Round(place, settings.scale(), own));
        } catch (IOException | IllegalStateException e) {
            failures.add(name + ": " + e.getMessage());
            out.println(name + " FAILED: " + e.getMessage());
            e.printStackTrace(out);
        }
        own.cells(scenario.name()).forEach(cell -> out.println(Lines.of(name, cell, own.of(cell))));
        results.addAll(own);
    }
}
