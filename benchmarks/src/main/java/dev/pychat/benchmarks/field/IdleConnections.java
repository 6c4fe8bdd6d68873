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
 * server is warmed up by as many log-ins as the lowest number has, which then leave. At last all leave, and as many come back with the TLS
 * sessions that they had.
 */
final class IdleConnections implements Scenario {

    private static final int MOST_WARMING = 1_000;
    private static final double HUNDRED = 100;

    @Override
    public String name() {
        return "S4";
    }

    @Override
    public String what(Scale scale) {
        return "idle connections, logged in; a full TLS handshake each, " + Crowd.AT_ONCE
                + " at a time; then some that come back and resume their TLS session";
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
                    Results.Cell cell = cell(number, contender);
                    logIn(server, crowd, number, round.results(), cell);
                    TimeUnit.MILLISECONDS.sleep(scale.settle().toMillis());
                    memory(server, number, before, collected, round.results(), cell);
                    crowd.tally().requireNoFault();
                    round.results().add(cell, Figure.ALIVE, (double) crowd.open());
                }
            }
            comeBack(server, contender, round);
        }
    }

    /** In the row of the highest number: those of its log-ins that came last found the server as warm as these do. */
    private void comeBack(RunningServer server, Contender contender, Round round)
            throws IOException, InterruptedException {
        int number = round.scale().idle().get(0);
        Results.Cell cell = cell(round.scale().mostIdle(), contender);
        Tally tally = Tally.counting();
        Crowd.remembering(server, tally).join(Role.IDLER, 0, number, 1).close();
        TimeUnit.MILLISECONDS.sleep(round.scale().settle().toMillis());
        try (Crowd crowd = Crowd.remembering(server, tally)) {
            long full = server.fullHandshakes();
            Span begin = Span.now(0, server.processes().cpu());
            crowd.join(Role.IDLER, 0, number, 1);
            Span end = Span.now(number, server.processes().cpu());
            tally.requireNoFault();
            double resumed = number - (server.fullHandshakes() - full);
            round.results().add(cell, Figure.RESUMED, HUNDRED * resumed / number);
            round.results().add(cell, Figure.RETURNS, number / begin.seconds(end));
            round.results().add(cell, Figure.RETURN_CPU, begin.serverMillis(end, number));
        }
    }

    private Results.Cell cell(int number, Contender contender) {
        return new Results.Cell(name(), String.format(Locale.ROOT, "%,d", number), contender.name());
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
