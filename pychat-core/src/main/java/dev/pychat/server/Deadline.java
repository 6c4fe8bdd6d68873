package dev.pychat.server;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The end of the time that a stop has: all its waits share it, so that they do not add up. An interrupt of the thread that stops
 * cuts none of them short, since what is in flight would be lost for it; it is kept and given back by {@link #close}. Confined to
 * one thread.
 */
final class Deadline implements AutoCloseable {

    private static final long POLL_NANOS = 2_000_000;

    private final long end;
    private boolean interrupted;

    private Deadline(long end) {
        this.end = end;
    }

    static Deadline in(Duration most) {
        return new Deadline(System.nanoTime() + most.toNanos());
    }

    /** Waits until something holds; false if the time was over first. */
    boolean await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (left() <= 0) {
                return false;
            }
            interrupted |= Thread.interrupted();
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }

    /** Waits for the end of a thread. */
    boolean join(Thread thread) {
        return await(() -> !thread.isAlive());
    }

    /** Lets what was begun end, and waits for it. */
    boolean shutdown(ExecutorService executor) {
        executor.shutdown();
        while (!executor.isTerminated() && left() > 0) {
            try {
                if (executor.awaitTermination(left(), TimeUnit.NANOSECONDS)) {
                    return true;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return executor.isTerminated();
    }

    private long left() {
        return end - System.nanoTime();
    }

    @Override
    public void close() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
