package dev.pychat.benchmarks.field;

import dev.pychat.benchmarks.contender.Contender;
import dev.pychat.benchmarks.contender.RunningServer;
import java.io.IOException;
import org.HdrHistogram.Histogram;

/**
 * S2: a steady rate of messages. Each is due at a moment of its own, and its time is counted from there, so a server that stops
 * for a while is charged for all that was due meanwhile.
 */
final class SteadyRate implements Scenario {

    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public String name() {
        return "S2";
    }

    @Override
    public String what(Scale scale) {
        return scale.perSecond() + " messages a second over " + OnlinePairs.variant(scale.pacedPairs())
                + "; times from the moment at which a message was due";
    }

    @Override
    public int users(Scale scale) {
        return 2 * scale.pacedPairs();
    }

    @Override
    public void run(Contender contender, Round round) throws IOException, InterruptedException {
        Scale scale = round.scale();
        Results results = round.results();
        Results.Cell cell = new Results.Cell(name(), scale.perSecond() + "/s", contender.name());
        try (RunningServer server = contender.start(round.place());
                Crowd crowd = Crowd.ofPairs(server, 0, scale.pacedPairs())) {
            // As fast as it can at first: at this rate a JVM would be cold for minutes. Then at this rate, for which
            // the JVMs of server and generator compile anew what they had compiled for the other.
            crowd.busy(contender.warmUp(scale.warmUp()));
            Deliveries.askOnce(server);
            crowd.pace(scale.perSecond(), scale.warmUp().dividedBy(2).toNanos());
            Deliveries begin = Deliveries.now(server, crowd.tally());
            // To ask keeps the server busy for a moment. That counts among what it spends, and not among the times.
            crowd.pace(scale.perSecond(), scale.settle().toNanos());
            crowd.tally().latency();
            crowd.pace(scale.perSecond(), scale.pacedTime().toNanos());
            Deliveries end = Deliveries.now(server, crowd.tally());
            crowd.quieten();
            Histogram latency = crowd.tally().latency();
            crowd.tally().requireNoFault();
            results.addLatency(contender.name(), latency);
            results.add(cell, Figure.P50, latency.getValueAtPercentile(50) / NANOS_PER_MILLI);
            results.add(cell, Figure.P99, latency.getValueAtPercentile(99) / NANOS_PER_MILLI);
            results.add(cell, Figure.P999, latency.getValueAtPercentile(99.9) / NANOS_PER_MILLI);
            begin.write(end, results, cell);
        }
    }
}
