package dev.pychat.client;

import dev.pychat.envelope.Seen;
import dev.pychat.model.MessageId;
import dev.pychat.model.PychatException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The receipt of one message. Thread-safe.
 *
 * <p>The engine settles it at once, on its own thread. Each stage that was handed out before learns of it in a task of its own on
 * {@link Threads#receipts()}, whose code can hold up neither the engine nor another stage. It is no task of the listeners' executor:
 * all of its threads may be waiting for this very stage.
 */
final class SentReceipt implements Receipt {

    private final CompletableFuture<Acceptance> outcome = new CompletableFuture<>();
    private final CompletableFuture<Void> kept = new CompletableFuture<>();
    private final Supplier<Seen> byPeer;
    private volatile MessageId id;
    private volatile MessageState state = new MessageState.Queued();

    /** Of a message of which the peer may say something, as far as it is known. */
    SentReceipt(MessageId id, Supplier<Seen> byPeer) {
        this.id = id;
        this.byPeer = byPeer;
    }

    /** Of a message for which nobody holds the receipt. */
    SentReceipt(MessageId id) {
        this(id, () -> Seen.NOTHING);
    }

    @Override
    public MessageId id() {
        return id;
    }

    @Override
    public CompletionStage<Void> kept() {
        return stage(kept);
    }

    @Override
    public CompletionStage<Acceptance> accepted() {
        return stage(outcome);
    }

    @Override
    public MessageState state() {
        @Nullable Acceptance acceptance = outcome.isCompletedExceptionally() ? null : outcome.getNow(null);
        return acceptance == null ? state : MessageState.of(acceptance.position(), byPeer.get());
    }

    void follow(MessageId next) {
        id = next;
    }

    void keep() {
        kept.complete(null);
    }

    void accept(Acceptance acceptance) {
        outcome.complete(acceptance);
    }

    /** What was kept stays kept. */
    void fail(PychatException reason) {
        boolean keeps = reason instanceof ClosedException && isKept();
        if (!keeps && !outcome.isDone()) {
            state = new MessageState.Failed(reason);
        }
        kept.completeExceptionally(reason);
        outcome.completeExceptionally(reason);
    }

    private boolean isKept() {
        return kept.isDone() && !kept.isCompletedExceptionally();
    }

    /** What hangs on it is the caller's code; once all is known, it runs where it is hung on. */
    private static <T> CompletionStage<T> stage(CompletableFuture<T> known) {
        // Of the asynchronous ways, only this one and handle leave the thread when it is a failure, too.
        CompletableFuture<T> told =
                known.isDone() ? known : known.whenCompleteAsync((value, failure) -> {}, Threads.receipts());
        return told.minimalCompletionStage();
    }
}
