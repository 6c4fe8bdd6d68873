package dev.pychat.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until it is moved. */
final class Movable implements InstantSource {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void move(Duration distance) {
        now = now.plus(distance);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
