package dev.pychat.testkit.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The system's clock, put forward as far as it is told to. */
final class MovingClock implements InstantSource {

    private volatile Duration ahead = Duration.ZERO;

    void goOn(Duration further) {
        ahead = ahead.plus(further);
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(ahead);
    }
}
