package dev.pychat.store.internal;

/**
 * A daemon that nobody interrupts: files that a thread writes are closed under it when it is interrupted. What runs on such a thread may
 * write itself, where others have it done.
 *
 * <p>Thread-safe.
 */
public final class UninterruptedThread extends Thread {

    /**
     * Makes it; it is not started.
     *
     * @param task what it runs
     * @param name its name
     */
    public UninterruptedThread(Runnable task, String name) {
        super(task, name);
        setDaemon(true);
    }

    /** Does nothing. */
    @Override
    public void interrupt() {
        // That is what it is for.
    }
}
