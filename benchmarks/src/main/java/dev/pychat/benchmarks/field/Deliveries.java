package dev.pychat.benchmarks.field;

import dev.pychat.benchmarks.budget.Spent;
import dev.pychat.benchmarks.contender.RunningServer;
import dev.pychat.benchmarks.contender.Tally;
import dev.pychat.benchmarks.load.Span;
import dev.pychat.benchmarks.load.ThreadTime;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The moment at which what is delivered begins or ends to be counted.
 *
 * @param span the moment
 * @param threads what the server's threads have spent
 * @param inside what the server tells of itself
 */
record Deliveries(Span span, Map<Long, ThreadTime> threads, Map<String, Double> inside) {

    private static final double THOUSAND = 1_000;
    private static final double KIB = 1_024;

    /** The first time, a server loads and compiles what answers: that is not to fall into the time that is measured. */
    static void askOnce(RunningServer server) throws IOException {
        server.inside();
    }

    static Deliveries now(RunningServer server, Tally tally) throws IOException {
        Map<String, Double> inside = server.inside();
        Span span = Span.now(tally.delivered(), server.processes().cpu());
        return new Deliveries(span, server.threads(), inside);
    }

    /** What the server has spent since then, and on how many messages. */
    Spent spent(Deliveries end) {
        Map<Long, ThreadTime> each = new HashMap<>();
        end.threads.forEach((thread, time) -> {
            ThreadTime before = threads.get(thread);
            each.put(thread, before == null ? time : time.since(before));
        });
        return new Spent(end.span.server().minus(span.server()), each, span.counted(end.span));
    }

    /** Writes what delivering has cost since then. */
    void write(Deliveries end, Results results, Results.Cell cell) {
        double count = span.counted(end.span);
        results.add(cell, Figure.DELIVERED, count / span.seconds(end.span));
        results.add(cell, Figure.SERVER_CPU, span.serverMillis(end.span, count / THOUSAND));
        results.add(cell, Figure.GENERATOR, span.generatorCores(end.span));
        if (grown(end, RunningServer.BATCHES) > 0) {
            results.add(cell, Figure.BATCH, grown(end, RunningServer.BATCHED) / grown(end, RunningServer.BATCHES));
            results.add(cell, Figure.ALLOCATED, grown(end, RunningServer.ALLOCATED) / KIB / count);
        }
    }

    private double grown(Deliveries end, String name) {
        return end.inside.getOrDefault(name, 0.0) - inside.getOrDefault(name, 0.0);
    }
}
