package dev.pychat.testkit.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still until it is put forward. Thread-safe. */
final class StandingClock implements InstantSource {

    private volatile Instant now = Instant.parse("2026-11-22T14:00:00Z");

    void goOn(Duration further) {
        now = now.plus(further);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
