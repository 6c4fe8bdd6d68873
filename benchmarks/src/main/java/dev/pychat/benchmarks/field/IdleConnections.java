package dev.pychat.benchmarks.field;

import dev.pychat.benchmarks.contender.Contender;
import dev.pychat.benchmarks.contender.Role;
import dev.pychat.benchmarks.contender.RunningServer;
import dev.pychat.benchmarks.contender.Tally;
import dev.pychat.benchmarks.load.Span;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * S4: connections that have logged in and do nothing: what they hold of the server's memory, and what it costs to make them. Before, the
 * server is warmed up by as many log-ins as the lowest number has, which then leave.
 */
final class IdleConnections implements Scenario {

    private static final int MOST_WARMING = 1_000;

    @Override
    public String name() {
        return "S4";
    }

    @Override
    public String what(Scale scale) {
        return "idle connections, logged in; a full handshake each, " + Crowd.AT_ONCE + " at a time";
    }

    @Override
    public int rounds(Scale scale) {
        return scale.idleRounds();
    }

    @Override
    public int users(Scale scale) {
        return scale.mostIdle();
    }

    @Override
    public void run(Contender contender, Round round) throws IOException, InterruptedException {
        Scale scale = round.scale();
        Tally tally = Tally.counting();
        try (RunningServer server = contender.start(round.place())) {
            int warming = Math.min(MOST_WARMING, scale.idle().get(0));
            new Crowd(server, tally).join(Role.IDLER, 0, warming, 1).close();
            TimeUnit.MILLISECONDS.sleep(scale.settle().toMillis());
            long before = server.processes().residentKiB();
            server.collect();
            long collected = server.processes().residentKiB();
            try (Crowd crowd = new Crowd(server, tally)) {
                for (int number : scale.idle()) {
                    Results.Cell cell =
                            new Results.Cell(name(), String.format(Locale.ROOT, "%,d", number), contender.name());
                    logIn(server, crowd, number, round.results(), cell);
                    TimeUnit.MILLISECONDS.sleep(scale.settle().toMillis());
                    memory(server, number, before, collected, round.results(), cell);
                    crowd.tally().requireNoFault();
                    round.results().add(cell, Figure.ALIVE, (double) crowd.open());
                }
            }
        }
    }

    private static void logIn(RunningServer server, Crowd crowd, int upTo, Results results, Results.Cell cell)
            throws IOException, InterruptedException {
        int more = upTo - crowd.size();
        Span begin = Span.now(crowd.size(), server.processes().cpu());
        crowd.join(Role.IDLER, crowd.size(), more, 1);
        Span end = Span.now(crowd.size(), server.processes().cpu());
        results.add(cell, Figure.CONNECTS, more / begin.seconds(end));
        results.add(cell, Figure.CONNECT_CPU, begin.serverMillis(end, more));
        results.add(cell, Figure.GENERATOR, begin.generatorCores(end));
    }

    private static void memory(
            RunningServer server, int number, long before, long collected, Results results, Results.Cell cell)
            throws IOException, InterruptedException {
        results.add(cell, Figure.IDLE_KIB, (server.processes().residentKiB() - before) / (double) number);
        if (server.collect()) {
            results.add(cell, Figure.COLLECTED_KIB, (server.processes().residentKiB() - collected) / (double) number);
        }
    }
}
