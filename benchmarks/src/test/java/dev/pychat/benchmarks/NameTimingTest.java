package dev.pychat.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.server.HashCost;
import dev.pychat.store.memory.MemoryServerStores;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** It runs, and its statistic tells apart what differs. Nothing is said here about the server's times. */
class NameTimingTest {

    @Test
    void measurementRunsAndPrintsBothDistributions() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NameTiming.Scale small = new NameTiming.Scale(3, 40, 5, new HashCost(HashCost.MIN));
        NameTiming.run(
                MemoryServerStores.create(new SecureRandom()),
                small,
                new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("password-salt, microseconds")
                .contains("resume with a wrong token, microseconds")
                .contains("log-in with a wrong secret, microseconds")
                .containsPattern("there +n=40")
                .containsPattern("not there +n=5")
                .contains("Kolmogorov-Smirnov distance");
    }

    @Test
    void distanceOfOneAndTheSameIsNothingAndOfWhatNeverOverlapsIsOne() {
        Distribution low = Distribution.ofNanos(LongStream.range(1, 1_000).toArray());
        Distribution high = Distribution.ofNanos(LongStream.range(5_000, 6_000).toArray());
        assertThat(low.distance(low)).isZero();
        assertThat(low.distance(high)).isEqualTo(1);
    }

    @Test
    void shiftOfATenthIsBeyondTheCriticalDistanceOfThousands() {
        Distribution one = Distribution.ofNanos(LongStream.range(0, 5_000).toArray());
        Distribution other = Distribution.ofNanos(LongStream.range(500, 5_500).toArray());
        assertThat(one.distance(other)).isBetween(0.0999, 0.1001).isGreaterThan(one.critical(other));
        assertThat(one.quantile(0.5)).isEqualTo(2.5);
    }
}
