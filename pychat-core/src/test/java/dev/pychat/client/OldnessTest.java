package dev.pychat.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.key.HistoryPolicy;
import dev.pychat.model.Content;
import dev.pychat.model.Username;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OldnessTest {
    private static final Instant TAKEN = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final HistoryPolicy WEEK = HistoryPolicy.forgetAfter(DAY.multipliedBy(7));

    @Test
    void whoKeepsForgetsNothing() {
        assertThat(isOld(HistoryPolicy.KEEP, TAKEN, TAKEN, DAY.multipliedBy(100_000)))
                .isFalse();
    }

    @Test
    void messageThatCameAtOnceIsOldAfterTheTimeOfThePolicy() {
        assertThat(isOld(WEEK, TAKEN, TAKEN, DAY.multipliedBy(7).minusMillis(1)))
                .isFalse();
        assertThat(isOld(WEEK, TAKEN, TAKEN, DAY.multipliedBy(7))).isTrue();
    }

    @Test
    void messageThatWaitedForTheDeviceIsOldSoonerByAsMuchAsItWaited() {
        Instant stored = TAKEN.minus(DAY.multipliedBy(3));
        assertThat(isOld(WEEK, stored, TAKEN, DAY.multipliedBy(4).minusMillis(1)))
                .isFalse();
        assertThat(isOld(WEEK, stored, TAKEN, DAY.multipliedBy(4))).isTrue();
    }

    @Test
    void messageThatWaitedTooLongCanBeReadForADay() {
        Instant stored = TAKEN.minus(DAY.multipliedBy(300));
        assertThat(isOld(WEEK, stored, TAKEN, DAY.minusMillis(1))).isFalse();
        assertThat(isOld(WEEK, stored, TAKEN, DAY)).isTrue();
    }

    @Test
    void serverThatSaysALaterTimeKeepsNobodyFromForgetting() {
        assertThat(isOld(WEEK, TAKEN.plus(DAY.multipliedBy(3000)), TAKEN, DAY.multipliedBy(7)))
                .isTrue();
    }

    @Test
    void deviceWhoseClockWasAheadGoesByTheServersTime() {
        Instant wrong = TAKEN.plus(DAY.multipliedBy(900));
        assertThat(isOld(WEEK, TAKEN, wrong, DAY.multipliedBy(7).minusMillis(1)))
                .isFalse();
        assertThat(isOld(WEEK, TAKEN, wrong, DAY.multipliedBy(7))).isTrue();
    }

    private static boolean isOld(HistoryPolicy policy, Instant stored, Instant taken, Duration after) {
        HistoryRecord record = new HistoryRecord(
                new Username("bob"), false, stored, stored, Optional.of(Content.text("text")), List.of(), taken);
        Clock clock = Clock.fixed(TAKEN.plus(after), ZoneOffset.UTC);
        return new Oldness(() -> policy, clock).isOld(record);
    }
}
