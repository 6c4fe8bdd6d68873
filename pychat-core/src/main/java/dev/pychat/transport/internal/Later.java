package dev.pychat.transport.internal;

import java.time.Duration;

/** Runs tasks that never block after some time. What does so for a connection is its transport's affair. */
@FunctionalInterface
public interface Later {

    /**
     * Plans a task.
     *
     * @param delay how long from now
     * @param task what to do then
     * @return lets it be called off
     */
    Planned after(Duration delay, Runnable task);

    /** A task that has not run yet, perhaps. */
    @FunctionalInterface
    interface Planned {
        /** Calls it off, if it has not begun. */
        void cancel();
    }
}
