package dev.pychat.ref.server.store;

import dev.pychat.store.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import jetbrains.exodus.env.Transaction;
import org.jspecify.annotations.Nullable;

/** A change that waits to be made, and whoever waits for it. It may be tried several times; the last result counts. Thread-safe. */
final class WaitingWork<T> {

    private final Database.Work<T> work;
    private final CompletableFuture<@Nullable T> answer = new CompletableFuture<>();
    private @Nullable T result;

    WaitingWork(Database.Work<T> work) {
        this.work = work;
    }

    /** Makes the change in a transaction that may still come to nothing. On the writer's thread. */
    void run(Transaction txn, Trees trees) throws StoreException, DamagedRecordException {
        result = work.run(txn, trees);
    }

    /** What was made last is durable. */
    void done() {
        answer.complete(result);
    }

    void failed(Throwable cause) {
        answer.completeExceptionally(cause);
    }

    /** Waits; an interrupt does not wake, it is found again afterwards. */
    @SuppressWarnings("NullAway") // a work that answers null is answered with null
    T await() throws StoreException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get();
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
