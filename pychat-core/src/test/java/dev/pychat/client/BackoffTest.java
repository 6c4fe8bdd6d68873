package dev.pychat.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    @Test
    void eachWaitIsBetweenTheHalfAndTheWholeOfWhatDoublesUpToTheLongest() {
        for (int seed = 0; seed < 200; seed++) {
            Backoff backoff = new Backoff(FIRST, LONGEST, new Random(seed));
            for (int failed = 0; failed < 40; failed++) {
                long most = Math.min(FIRST.toMillis() << Math.min(failed, 20), LONGEST.toMillis());
                assertThat(backoff.next())
                        .as("seed %s, attempt %s", seed, failed)
                        .isBetween(Duration.ofMillis(most / 2), Duration.ofMillis(most));
            }
        }
    }

    @Test
    void noTwoOfManyClientsComeBackAtOneMomentForLong() {
        long distinct = new Random(7)
                .longs(1_000)
                .map(seed -> {
                    Backoff backoff = new Backoff(LONGEST, LONGEST, new Random(seed));
                    return backoff.next().toMillis();
                })
                .distinct()
                .count();
        assertThat(distinct).isGreaterThan(900);
    }

    @Test
    void connectionThatStandsBeginsAnew() {
        Backoff backoff = new Backoff(FIRST, LONGEST, new Random(1));
        for (int i = 0; i < 10; i++) {
            backoff.next();
        }
        backoff.reset();
        assertThat(backoff.next()).isLessThanOrEqualTo(FIRST);
    }

    @Test
    void shortestAndLongestBoundsThatOptionsTakeNeverOverflow() {
        Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofHours(1), new Random(1));
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.next()).isBetween(Duration.ofMillis(1), Duration.ofHours(1));
        }
        Backoff slow = new Backoff(Duration.ofHours(1), Duration.ofHours(1), new Random(1));
        for (int i = 0; i < 100; i++) {
            assertThat(slow.next()).isBetween(Duration.ofMinutes(30), Duration.ofHours(1));
        }
    }
}
