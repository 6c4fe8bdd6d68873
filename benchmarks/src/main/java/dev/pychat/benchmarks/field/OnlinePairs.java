package dev.pychat.benchmarks.field;

import dev.pychat.benchmarks.budget.Budget;
import dev.pychat.benchmarks.budget.Profiler;
import dev.pychat.benchmarks.budget.Share;
import dev.pychat.benchmarks.budget.Spent;
import dev.pychat.benchmarks.contender.Contender;
import dev.pychat.benchmarks.contender.RunningServer;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** S1: pairs that are online and talk in both directions as fast as they can, each side with 16 messages not yet accepted. */
final class OnlinePairs implements Scenario {

    static final int WINDOW = 16;

    private static final Map<Share, Figure> PARTS = new EnumMap<>(Map.of(
            Share.TLS, Figure.TLS_CPU,
            Share.SOCKETS, Figure.SOCKETS_CPU,
            Share.CODEC, Figure.CODEC_CPU,
            Share.ENGINE, Figure.ENGINE_CPU,
            Share.STORE, Figure.STORE_CPU,
            Share.JVM, Figure.JVM_CPU,
            Share.OTHER, Figure.OTHER_CPU));

    @Override
    public String name() {
        return "S1";
    }

    @Override
    public String what(Scale scale) {
        return "online pairs; each side keeps " + WINDOW + " messages sent and not yet accepted";
    }

    /** New ones each time: those who have talked before would be sent all of that again. */
    @Override
    public int users(Scale scale) {
        return 2 * users(scale.pairs());
    }

    private static int users(List<Integer> pairs) {
        return pairs.stream().mapToInt(number -> 2 * number).sum();
    }

    @Override
    public void run(Contender contender, Round round) throws IOException, InterruptedException {
        Duration warmUp = contender.warmUp(round.scale().warmUp());
        try (RunningServer server = contender.start(round.place())) {
            Map<Integer, Spent> spent = new LinkedHashMap<>();
            try {
                Duration before = warmUp;
                int user = 0;
                Deliveries.askOnce(server);
                for (int pairs : round.scale().pairs()) {
                    Results.Cell cell = new Results.Cell(name(), variant(pairs), contender.name());
                    try (Crowd crowd = Crowd.ofPairs(server, user, pairs)) {
                        crowd.keepSending(WINDOW, Long.MAX_VALUE);
                        TimeUnit.MILLISECONDS.sleep(before.toMillis());
                        spent.put(pairs, measure(server, crowd, round, cell));
                        crowd.tally().requireNoFault();
                        crowd.quieten();
                    }
                    before = round.scale().anotherLoad();
                    user += 2 * pairs;
                }
            } finally {
                // Where the highest number of pairs was too much, the others are still worth it.
                budgets(server, spent, warmUp, round, contender.name());
            }
        }
    }

    /**
     * Behind all that is measured, and warmed up again: when a JVM of Java 17 begins to profile, it throws away all that it had compiled.
     */
    private void budgets(RunningServer server, Map<Integer, Spent> spent, Duration warmUp, Round round, String name)
            throws IOException, InterruptedException {
        Optional<Profiler> profiler = server.profiler();
        if (profiler.isPresent()) {
            Duration before = warmUp;
            int user = users(round.scale().pairs());
            for (Map.Entry<Integer, Spent> each : spent.entrySet()) {
                int pairs = each.getKey();
                Results.Cell cell = new Results.Cell(name(), variant(pairs), name);
                try (Crowd crowd = Crowd.ofPairs(server, user, pairs)) {
                    crowd.keepSending(WINDOW, Long.MAX_VALUE);
                    Budget budget = profiler.get().profile(before, round.scale().time(), each.getValue());
                    PARTS.forEach(
                            (share, figure) -> round.results().add(cell, figure, budget.millisForThousand(share)));
                    crowd.tally().requireNoFault();
                    crowd.quieten();
                }
                before = round.scale().anotherLoad();
                user += 2 * pairs;
            }
        }
    }

    static String variant(int pairs) {
        return pairs + " pairs";
    }

    private static Spent measure(RunningServer server, Crowd crowd, Round round, Results.Cell cell)
            throws IOException, InterruptedException {
        Deliveries begin = Deliveries.now(server, crowd.tally());
        TimeUnit.MILLISECONDS.sleep(round.scale().time().toMillis());
        Deliveries end = Deliveries.now(server, crowd.tally());
        begin.write(end, round.results(), cell);
        round.results().add(cell, Figure.RESIDENT, server.processes().residentKiB() / 1_024.0);
        return begin.spent(end);
    }
}
