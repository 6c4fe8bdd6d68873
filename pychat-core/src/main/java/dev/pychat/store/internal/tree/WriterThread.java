package dev.pychat.store.internal.tree;

import dev.pychat.store.StoreException;
import dev.pychat.store.internal.UninterruptedThread;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The store's own thread. Who waits for it is not woken by an interrupt, but finds it again afterwards. Thread-safe.
 */
final class WriterThread {

    private final ExecutorService executor =
            Executors.newSingleThreadExecutor(task -> new UninterruptedThread(task, "pychat-store"));

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
