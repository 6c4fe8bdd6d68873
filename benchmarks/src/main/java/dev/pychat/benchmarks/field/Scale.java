package dev.pychat.benchmarks.field;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * How much is measured.
 *
 * @param rounds how often each scenario is run with each server
 * @param idleRounds how often S4 is run, which takes the longest and varies the least
 * @param pairs S1: numbers of pairs that talk as fast as they can, one after the other
 * @param warmUp for how long a server that was just started is kept busy before anything counts, if it needs so long
 * @param settle for how long a warm server runs a new load at least before anything counts
 * @param time how long one measurement takes
 * @param pacedTime S2: how long one measurement takes
 * @param pacedPairs S2: over how many pairs the steady rate goes
 * @param perSecond S2: the steady rate
 * @param away S3: how many people are away, each with one who sends
 * @param each S3: how many messages wait for each of them
 * @param idle S4: numbers of idle connections, rising
 */
record Scale(
        int rounds,
        int idleRounds,
        List<Integer> pairs,
        Duration warmUp,
        Duration settle,
        Duration time,
        Duration pacedTime,
        int pacedPairs,
        int perSecond,
        int away,
        int each,
        List<Integer> idle) {

    static final Scale USUAL = new Scale(
            3,
            3,
            List.of(10, 100, 1_000),
            Duration.ofSeconds(60),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            50,
            100,
            100,
            100,
            List.of(2_000, 5_000, 10_000));

    static final Scale LONG = new Scale(
            5,
            3,
            List.of(10, 100, 1_000),
            Duration.ofSeconds(120),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            50,
            100,
            100,
            100,
            List.of(2_000, 5_000, 10_000));

    static final Scale SMOKE = new Scale(
            1,
            1,
            List.of(2, 5),
            Duration.ofMillis(300),
            Duration.ofMillis(200),
            Duration.ofMillis(700),
            Duration.ofSeconds(1),
            2,
            100,
            5,
            20,
            List.of(10, 30));

    Scale withRounds(int number) {
        return new Scale(
                number, number, pairs, warmUp, settle, time, pacedTime, pacedPairs, perSecond, away, each, idle);
    }

    Scale withWarmUp(Duration time) {
        return new Scale(
                rounds, idleRounds, pairs, time, settle, this.time, pacedTime, pacedPairs, perSecond, away, each, idle);
    }

    /** For how long a warm server goes on with another number of pairs before anything counts: a JVM compiles anew for it. */
    Duration anotherLoad() {
        Duration tenth = warmUp.dividedBy(10);
        return tenth.compareTo(settle) < 0 ? settle : tenth;
    }

    int mostIdle() {
        return Collections.max(idle);
    }
}
