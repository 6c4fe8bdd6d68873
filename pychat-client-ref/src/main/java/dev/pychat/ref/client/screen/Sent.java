package dev.pychat.ref.client.screen;

import dev.pychat.client.ClosedException;
import dev.pychat.client.Conversation;
import dev.pychat.client.MessageState;
import dev.pychat.client.Receipt;
import dev.pychat.client.RefusedException;
import dev.pychat.model.MessageId;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What was sent in this run: each message is watched until it is known what became of it. Thread-safe. */
final class Sent {
    private static final Duration STEP = Duration.ofMillis(200);
    private static final int MOST_FAILED = 20;

    /** A message of this run that will not be sent. */
    record Failed(Username peer, String text, PychatException why) {}

    /** A message that was sent, until it is known to be accepted; those that failed stay for a while. */
    private record Watched(Username peer, String text, Receipt receipt, CompletableFuture<Receipt> settled) {
        /** Known from the receipt: whoever tells a person that a message failed may be faster than what hangs on its stage. */
        Optional<Failed> failed() {
            return receipt.state() instanceof MessageState.Failed state && !(state.reason() instanceof ClosedException)
                    ? Optional.of(new Failed(peer, text, state.reason()))
                    : Optional.empty();
        }
    }

    private final Output output;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Watched> watched = new ArrayList<>();
    private final Set<PychatException> told = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<MessageId> notKept = new HashSet<>();
    private Optional<StoreException> failure = Optional.empty();
    private int unknown;

    Sent(Output output) {
        this.output = output;
    }

    /** The store that failed, if that is what made something fail. */
    static Optional<StoreException> storeBehind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoreException store) {
                return Optional.of(store);
            }
        }
        return Optional.empty();
    }

    void add(Username peer, String text, Receipt receipt) {
        CompletableFuture<Receipt> settled = receipt.accepted()
                .toCompletableFuture()
                .handle((accepted, why) -> {
                    settle(peer, receipt, why == null || why.getCause() == null ? why : why.getCause());
                    return receipt;
                });
        locked(() -> {
            watched.removeIf(one -> one.settled().isDone() && one.failed().isEmpty());
            watched.add(new Watched(peer, text, receipt, settled));
            forgetOldFailures();
        });
    }

    private void forgetOldFailures() {
        List<Watched> failed = watched.stream()
                .filter(one -> one.settled().isDone() && one.failed().isPresent())
                .toList();
        watched.removeAll(failed.subList(0, Math.max(0, failed.size() - MOST_FAILED)));
    }

    private void settle(Username peer, Receipt receipt, @Nullable Throwable why) {
        if (why instanceof RefusedException refused) {
            locked(() -> notKept.add(receipt.id()));
            refused(peer, refused);
        } else if (why instanceof ClosedException && !isKept(receipt)) {
            locked(() -> {
                notKept.add(receipt.id());
                unknown++;
            });
        }
    }

    private static boolean isKept(Receipt receipt) {
        CompletableFuture<Void> kept = receipt.kept().toCompletableFuture();
        return kept.isDone() && !kept.isCompletedExceptionally();
    }

    /** Says once that a message will not be sent, whoever tells of it. */
    void refused(Username peer, PychatException refused) {
        lock.lock();
        try {
            if (!told.add(refused)) {
                return;
            }
            fails(refused);
        } finally {
            lock.unlock();
        }
        output.unsent("A message to " + peer + " was not sent: " + refused.getMessage());
    }

    /** What was to be sent to somebody in this run and will not be, the last of it. */
    List<Failed> failed(Username peer) {
        lock.lock();
        try {
            return watched.stream()
                    .flatMap(one -> one.failed().stream())
                    .filter(one -> one.peer().equals(peer))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** Notes what made something fail, for the end. */
    void fails(Throwable why) {
        locked(() -> failure = failure.isPresent() ? failure : storeBehind(why));
    }

    /** The first store that failed so that something was lost. */
    Optional<StoreException> failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a message was sent in this run and is not known to be in the outbox. */
    boolean isLost(MessageId id) {
        lock.lock();
        try {
            return notKept.contains(id);
        } finally {
            lock.unlock();
        }
    }

    /** Of how many messages nobody knows whether the outbox holds them. */
    int unknown() {
        lock.lock();
        try {
            return unknown;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the outbox holds the message, so that a script sends nothing behind one that is lost. */
    void awaitKept(Conversation conversation, Receipt receipt) throws PychatException, InterruptedException {
        CompletableFuture<Void> kept = receipt.kept().toCompletableFuture();
        while (!isOver(kept)) {
            Optional<StoreException> obstacle =
                    conversation.pending().obstacle().flatMap(Sent::storeBehind);
            if (obstacle.isPresent() && !kept.isDone()) {
                throw obstacle.get();
            }
        }
    }

    private static boolean isOver(CompletableFuture<Void> kept) throws StoreException, InterruptedException {
        try {
            kept.get(STEP.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            Optional<StoreException> store = storeBehind(e);
            if (store.isPresent()) {
                throw store.get();
            }
            return true;
        }
    }

    /** Waits until it is known what became of each message; the client has been closed. */
    void awaitAll(Duration patience) throws InterruptedException {
        CompletableFuture<?>[] left;
        lock.lock();
        try {
            left = watched.stream().map(Watched::settled).toArray(CompletableFuture<?>[]::new);
        } finally {
            lock.unlock();
        }
        try {
            CompletableFuture.allOf(left).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Each has told its own story, or has none.
        }
    }

    private void locked(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }
}
