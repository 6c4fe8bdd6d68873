package dev.pychat.client;

import dev.pychat.model.MessageId;
import dev.pychat.model.PychatException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** The receipt of one message. Thread-safe. */
final class SentReceipt implements Receipt {

    private final CompletableFuture<Acceptance> outcome = new CompletableFuture<>();
    private final CompletableFuture<Void> kept = new CompletableFuture<>();
    private final Executor callbacks;
    private volatile MessageId id;
    private volatile boolean isKept;

    SentReceipt(MessageId id, Executor callbacks) {
        this.id = id;
        this.callbacks = callbacks;
    }

    @Override
    public MessageId id() {
        return id;
    }

    @Override
    public CompletionStage<Void> kept() {
        return kept.minimalCompletionStage();
    }

    @Override
    public CompletionStage<Acceptance> accepted() {
        return outcome.minimalCompletionStage();
    }

    void follow(MessageId next) {
        id = next;
    }

    void keep() {
        isKept = true;
        later(() -> kept.complete(null));
    }

    void accept(Acceptance acceptance) {
        later(() -> outcome.complete(acceptance));
    }

    void fail(PychatException reason) {
        // What was kept stays kept, whichever of two tasks on the executor comes first.
        boolean lost = !isKept;
        later(() -> {
            if (lost) {
                kept.completeExceptionally(reason);
            }
            outcome.completeExceptionally(reason);
        });
    }

    /** What hangs on the stage is the caller's code, and does not run on our threads. */
    private void later(Runnable completion) {
        try {
            callbacks.execute(completion);
        } catch (RejectedExecutionException stopped) {
            completion.run();
        }
    }
}
