package dev.pychat.server;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Bounded waits at the end of a server, which an interrupt shortens and which keep the caller's interrupt. */
final class Waits {

    private Waits() {}

    static boolean join(Thread thread, Duration most) {
        try {
            thread.join(Math.max(1, most.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    /** Lets what was begun end, and waits for it. */
    static boolean shutdown(ExecutorService executor, Duration most) {
        executor.shutdown();
        try {
            return executor.awaitTermination(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return executor.isTerminated();
        }
    }
}
