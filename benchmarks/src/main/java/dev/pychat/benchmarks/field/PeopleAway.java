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
 * S3: messages to people who are away, who then come back. Afterwards the same to other people, and in the middle of it the server is
 * killed, started again on its files, and asked for all that it had accepted.
 */
final class PeopleAway implements Scenario {

    private static final int WARMING_PAIRS = 10;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double THOUSAND = 1_000;

    /** After so long without another message nothing more comes. */
    private static final int SILENCE_MILLIS = 5_000;

    @Override
    public String name() {
        return "S3";
    }

    @Override
    public String what(Scale scale) {
        return scale.each() + " messages to each of " + scale.away() + " people who are away, from " + scale.away()
                + " who send with a window of " + OnlinePairs.WINDOW + "; then all of them fetch";
    }

    @Override
    public int users(Scale scale) {
        return 4 * scale.away() + 2 * WARMING_PAIRS;
    }

    @Override
    public void run(Contender contender, Round round) throws IOException, InterruptedException {
        Scale scale = round.scale();
        String variant = String.format(Locale.ROOT, "%,d messages", scale.away() * scale.each());
        Results.Cell cell = new Results.Cell(name(), variant, contender.name());
        int others = 2 * scale.away();
        Tally accepted;
        try (RunningServer server = contender.start(round.place())) {
            try (Crowd crowd = Crowd.ofPairs(server, 2 * others, WARMING_PAIRS)) {
                crowd.busy(contender.warmUp(scale.warmUp()));
            }
            drain(server, store(server, round, cell), round, cell);
            accepted = storeAndKill(server, others, scale);
        }
        try (RunningServer server = contender.start(round.place());
                Crowd back = comeBack(server, others, scale)) {
            awaitAll(back.tally(), accepted);
            round.results().add(cell, Figure.ACCEPTED_BEFORE_KILL, (double) accepted.accepted());
            round.results().add(cell, Figure.LOST, back.tally().missing(accepted));
        }
    }

    private static Crowd senders(RunningServer server, int first, Scale scale) throws InterruptedException {
        new Crowd(server, Tally.counting())
                .join(Role.ENROLLER, first + 1, scale.away(), 2)
                .close();
        return new Crowd(server, Tally.keeping()).join(Role.SENDER, first, scale.away(), 2);
    }

    private static Tally store(RunningServer server, Round round, Results.Cell cell)
            throws IOException, InterruptedException {
        Scale scale = round.scale();
        try (Crowd senders = senders(server, 0, scale)) {
            Tally tally = senders.tally();
            long all = (long) scale.away() * scale.each();
            Span begin = Span.now(tally.accepted(), server.processes().cpu());
            senders.keepSending(OnlinePairs.WINDOW, scale.each());
            require(Crowd.await(() -> tally.accepted() >= all), tally, "not all messages were accepted");
            Span end = Span.now(tally.accepted(), server.processes().cpu());
            round.results().add(cell, Figure.STORED, all / begin.seconds(end));
            round.results().add(cell, Figure.SERVER_CPU, begin.serverMillis(end, all / THOUSAND));
            round.results().add(cell, Figure.GENERATOR, begin.generatorCores(end));
            return tally;
        }
    }

    private static Crowd comeBack(RunningServer server, int first, Scale scale) throws InterruptedException {
        Crowd back = new Crowd(server, Tally.keeping()).join(Role.FETCHER, first + 1, scale.away(), 2);
        back.fetch();
        return back;
    }

    private static void drain(RunningServer server, Tally sent, Round round, Results.Cell cell)
            throws InterruptedException {
        Scale scale = round.scale();
        int all = scale.away() * scale.each();
        try (Crowd back = new Crowd(server, Tally.keeping()).join(Role.FETCHER, 1, scale.away(), 2)) {
            long begin = System.nanoTime();
            back.fetch();
            require(Crowd.await(() -> back.tally().distinct() >= all), back.tally(), "not all messages were fetched");
            round.results().add(cell, Figure.DRAINED, all * NANOS_PER_SECOND / (System.nanoTime() - begin));
            back.tally().requireNoFault();
        }
        sent.requireNoFault();
    }

    private static void require(boolean came, Tally tally, String otherwise) {
        tally.requireNoFault();
        if (!came) {
            throw new IllegalStateException(
                    otherwise + ": " + tally.accepted() + " accepted, " + tally.distinct() + " arrived");
        }
    }

    /** What senders were told is accepted when the server was killed, which may be more than it was when the decision fell. */
    private static Tally storeAndKill(RunningServer server, int first, Scale scale) throws InterruptedException {
        try (Crowd senders = senders(server, first, scale)) {
            Tally tally = senders.tally();
            long half = (long) scale.away() * scale.each() / 2;
            senders.keepSending(OnlinePairs.WINDOW, scale.each());
            require(Crowd.await(() -> tally.accepted() >= half), tally, "not half of the messages were accepted");
            senders.expectTheEnd();
            server.kill();
            return tally;
        }
    }

    /** Waits until all have come, or until nothing comes any more. */
    private static void awaitAll(Tally back, Tally accepted) throws InterruptedException {
        long seen = -1;
        for (long silence = 0; silence < SILENCE_MILLIS && back.missing(accepted) > 0; silence += 100) {
            TimeUnit.MILLISECONDS.sleep(100);
            if (back.delivered() != seen) {
                seen = back.delivered();
                silence = 0;
            }
        }
    }
}
