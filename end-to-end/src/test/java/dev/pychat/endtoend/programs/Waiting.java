package dev.pychat.endtoend.programs;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what another process will do. */
final class Waiting {
    /** Generous: a log-in alone takes a second of computing, and a machine may be busy. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Duration BETWEEN = Duration.ofMillis(20);

    private Waiting() {}

    /**
     * Waits until something holds.
     *
     * @param what for the message if it never does
     * @param holds asked again and again
     * @param evidence what to show if it never does
     */
    static void until(String what, Callable<Boolean> holds, Callable<String> evidence) throws Exception {
        until(PATIENCE, what, holds, evidence);
    }

    /** The same with another patience. */
    static void until(Duration patience, String what, Callable<Boolean> holds, Callable<String> evidence)
            throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (!holds.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it never came to pass that " + what + ":\n" + evidence.call());
            }
            Thread.sleep(BETWEEN.toMillis());
        }
    }
}
