package dev.pychat.store.internal.tree;

import dev.pychat.store.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What comes of something that one thread does for another, which waits. Thread-safe. */
final class Answer<T> {

    private final CompletableFuture<@Nullable T> future = new CompletableFuture<>();

    void done(@Nullable T result) {
        future.complete(result);
    }

    void failed(Throwable cause) {
        future.completeExceptionally(cause);
    }

    boolean isDone() {
        return future.isDone();
    }

    /** Waits; an interrupt does not wake, it is found again afterwards. */
    @SuppressWarnings("NullAway") // a work that answers null is answered with null
    T await() throws StoreException {
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
        throw new CompletionException(cause);
    }
}
