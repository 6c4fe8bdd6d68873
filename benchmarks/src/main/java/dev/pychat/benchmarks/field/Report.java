package dev.pychat.benchmarks.field;

import dev.pychat.benchmarks.contender.Contender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run leaves behind: {@code RESULTS.md} and {@code results.json} with the same figures, and two plots.
 *
 * @param settings what was asked for
 * @param machine what it ran on
 * @param servers the servers, with their versions
 */
record Report(Settings settings, Map<String, String> machine, List<Server> servers) {

    /** Files of the plots. */
    static final String CPU_PLOT = "cpu-per-message.svg";

    static final String LATENCY_PLOT = "latency.svg";

    /**
     * A server as it was measured.
     *
     * @param name its name
     * @param version its version
     * @param durability how it is configured to keep messages
     * @param accepted what it has done with a message that counts as accepted
     */
    record Server(String name, String version, String durability, String accepted) {}

    static Report begin(Settings settings, List<Contender> contenders) throws IOException, InterruptedException {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put(
                "date", Instant.now().truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10));
        machine.putAll(Machine.describe());
        List<Server> servers = new ArrayList<>();
        for (Contender each : contenders) {
            servers.add(new Server(each.name(), each.version(), each.durability(), each.accepted()));
        }
        return new Report(settings, machine, servers);
    }

    String head() {
        StringBuilder head = new StringBuilder();
        machine.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append('\n'));
        servers.forEach(server -> head.append(server.name())
                .append(' ')
                .append(server.version())
                .append(": ")
                .append(server.durability())
                .append('\n'));
        return head.toString();
    }

    void write(List<Scenario> scenarios, Results results, List<String> failures, Duration time) throws IOException {
        Path out = Files.createDirectories(settings.out());
        List<Scenario> run = scenarios.stream()
                .filter(scenario -> settings.scenarios().contains(scenario.name()))
                .toList();
        Files.writeString(out.resolve("RESULTS.md"), new Markdown(this, results).text(run, failures, time));
        Files.writeString(out.resolve("results.json"), Json.of(this, results, run, failures));
        Files.writeString(
                out.resolve(CPU_PLOT),
                Plots.cpu(results, names(), settings.scale().pairs()));
        Files.writeString(out.resolve(LATENCY_PLOT), Plots.latency(results, names()));
    }

    private List<String> names() {
        return servers.stream().map(Server::name).toList();
    }
}
