package dev.pychat.benchmarks.field;

import dev.pychat.benchmarks.contender.Contender;
import dev.pychat.benchmarks.contender.RunningServer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** S1: pairs that are online and talk in both directions as fast as they can, each side with 16 messages not yet accepted. */
final class OnlinePairs implements Scenario {

    static final int WINDOW = 16;

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
        return scale.pairs().stream().mapToInt(number -> 2 * number).sum();
    }

    @Override
    public void run(Contender contender, Round round) throws IOException, InterruptedException {
        Scale scale = round.scale();
        try (RunningServer server = contender.start(round.place())) {
            long warmUp = contender.warmUp(scale.warmUp()).toMillis();
            int user = 0;
            for (int pairs : scale.pairs()) {
                Results.Cell cell = new Results.Cell(name(), variant(pairs), contender.name());
                measure(server, user, pairs, warmUp, round, cell);
                warmUp = scale.settle().toMillis();
                user += 2 * pairs;
            }
        }
    }

    static String variant(int pairs) {
        return pairs + " pairs";
    }

    private static void measure(
            RunningServer server, int firstUser, int pairs, long warmUp, Round round, Results.Cell cell)
            throws IOException, InterruptedException {
        try (Crowd crowd = Crowd.ofPairs(server, firstUser, pairs)) {
            crowd.keepSending(WINDOW, Long.MAX_VALUE);
            TimeUnit.MILLISECONDS.sleep(warmUp);
            Deliveries begin = Deliveries.now(server, crowd.tally());
            TimeUnit.MILLISECONDS.sleep(round.scale().time().toMillis());
            begin.write(Deliveries.now(server, crowd.tally()), round.results(), cell);
            round.results().add(cell, Figure.RESIDENT, server.processes().residentKiB() / 1_024.0);
            crowd.tally().requireNoFault();
            crowd.quieten();
        }
    }
}
