package dev.pychat.store.internal.tree;

import dev.pychat.store.StoreException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The store's own thread. Who waits for it is not woken by an interrupt, but finds it again afterwards. Thread-safe.
 */
final class WriterThread {

    /** Its thread is interrupted by nobody but the executor, which ends it so when it waits for nothing any more. */
    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "pychat-store");
        thread.setDaemon(true);
        return thread;
    });

    interface Task {
        void run() throws StoreException;
    }

    void call(Task task) throws StoreException {
        Answer<Boolean> answer = new Answer<>();
        begin(() -> {
            try {
                task.run();
                answer.done(true);
            } catch (StoreException | RuntimeException | Error e) {
                answer.failed(e);
            }
        });
        answer.await();
    }

    /** Runs something when its turn comes, and waits for nothing. What it throws is its own affair. */
    void begin(Runnable task) {
        executor.execute(task);
    }

    void stop() {
        executor.shutdown();
    }
}
