package dev.pychat.ref.server.store;

import dev.pychat.store.StoreException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The one thread that writes. Who waits for it is not woken by an interrupt, but finds it again afterwards. Thread-safe.
 */
final class WriterThread {

    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "pychat-store");
        thread.setDaemon(true);
        return thread;
    });

    interface Task<T> {
        T run() throws StoreException;
    }

    <T> T call(Task<T> task) throws StoreException {
        Future<T> future = executor.submit(task::run);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw rethrown(e.getCause() == null ? e : e.getCause());
        } catch (CancellationException e) {
            throw new IllegalStateException("nobody cancels what the store writes", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static StoreException rethrown(Throwable cause) {
        if (cause instanceof StoreException refused) {
            return refused;
        }
        if (cause instanceof RuntimeException mistake) {
            throw mistake;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException(cause);
    }

    /** Runs something when its turn comes, and waits for nothing. What it throws is its own affair. */
    void begin(Runnable task) {
        executor.execute(task);
    }

    void stop() {
        executor.shutdown();
    }
}
