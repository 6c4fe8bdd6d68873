package dev.pychat.endtoend.launcher;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Waiting for what another process does. */
final class Await {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Await() {}

    /** Comes back when it holds. */
    static void until(Callable<Boolean> holds) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!holds.call()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("did not come to pass within " + PATIENCE);
            }
            Thread.sleep(20);
        }
    }
}
