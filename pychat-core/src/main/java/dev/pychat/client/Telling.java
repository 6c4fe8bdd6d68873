package dev.pychat.client;

import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.transport.internal.SerialQueue;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners of a conversation's messages, in the order in which they were taken. While a listener takes its time, what waits
 * for it is held within the bounds of the client; of more than that only the positions are, and when their turn comes the messages
 * are read from this device's store, which has them all. Confined to the chat's queue, but for {@link #listen}; the listeners run
 * on a queue of their own and are given one batch at a time.
 */
final class Telling {

    /** How many are read from the store at once: with the longest texts a megabyte. */
    static final int PAGE = 16;

    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Where messages are read that are not held here: so many consecutive ones from a position on. */
    interface Pages {
        List<ChatMessage> from(Position first, int count) throws StoreException;
    }

    private sealed interface Waiting permits Held, Left {}

    private record Held(List<ChatMessage> messages, boolean late, long size) implements Waiting {}

    private record Left(Position from, Position to, boolean late) implements Waiting {

        boolean has(Position position) {
            return !from.isAfter(position) && !position.isAfter(to);
        }
    }

    private final Listeners listeners;
    private final SerialQueue queue;
    private final UntoldBudget budget;
    private final Pages pages;
    private final Consumer<Position> told;
    private final Username peer;
    private final Trouble trouble;
    private final SerialQueue callbacks;
    private final List<MessageListener> own = new CopyOnWriteArrayList<>();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>(4);
    private @Nullable Batch handed;
    private boolean retrying;

    /** Where listeners have been told of messages that were new, up to a position, {@code told} hears of it on the queue. */
    Telling(
            Username peer,
            Listeners listeners,
            SerialQueue queue,
            UntoldBudget budget,
            Pages pages,
            Consumer<Position> told) {
        this.peer = peer;
        this.listeners = listeners;
        this.queue = queue;
        this.budget = budget;
        this.pages = pages;
        this.told = told;
        this.trouble = new Trouble(listeners);
        this.callbacks = listeners.queue();
    }

    Subscription listen(MessageListener listener) {
        own.add(listener);
        return () -> own.remove(listener);
    }

    /** Messages that follow those before. */
    void add(List<ChatMessage> messages) {
        add(messages, false);
    }

    /** Messages that were taken before and could not be opened then. */
    void addLate(List<ChatMessage> messages) {
        // What is read only when its turn comes is read as it is then.
        add(messages.stream().filter(message -> !isLeft(message.position())).toList(), true);
    }

    private boolean isLeft(Position position) {
        return waiting.stream().anyMatch(each -> each instanceof Left left && left.has(position));
    }

    private void add(List<ChatMessage> messages, boolean late) {
        if (messages.isEmpty()) {
            return;
        }
        long size = UntoldBudget.size(messages);
        if (budget.take(size)) {
            waiting.add(new Held(messages, late, size));
        } else {
            messages.forEach(message -> leave(message.position(), late));
        }
        handOn();
    }

    private void leave(Position position, boolean late) {
        Position from = position;
        if (waiting.peekLast() instanceof Left last
                && last.late == late
                && last.to.next().equals(position)) {
            waiting.removeLast();
            from = last.from;
        }
        waiting.add(new Left(from, position, late));
    }

    private void handOn() {
        Batch next = handed == null ? read() : lost(handed);
        if (next != null) {
            handed = next;
            callbacks.execute(next);
            if (lost(next) != null) {
                retry();
            }
        }
    }

    /** A batch that an executor has rejected, to be given again. In this order: what an idle queue was given has begun, or never will. */
    private @Nullable Batch lost(Batch batch) {
        return callbacks.isIdle() && !batch.begun ? batch : null;
    }

    private @Nullable Batch read() {
        try {
            Batch next = next();
            trouble.over();
            return next;
        } catch (StoreException e) {
            trouble.tell("messages of " + peer + " could not be read on this device: " + e.getMessage());
            retry();
            return null;
        }
    }

    private void retry() {
        if (!retrying) {
            retrying = true;
            Threads.later(
                    RETRY,
                    () -> queue.execute(() -> {
                        retrying = false;
                        handOn();
                    }));
        }
    }

    private @Nullable Batch next() throws StoreException {
        Waiting first = waiting.peek();
        if (first == null) {
            return null;
        }
        if (first instanceof Held held) {
            waiting.remove();
            return new Batch(held.messages, held.late, held.size);
        }
        Left left = (Left) first;
        int count = (int) Math.min(PAGE, left.to.value() - left.from.value() + 1);
        List<ChatMessage> read = pages.from(left.from, count);
        waiting.remove();
        Position next = left.from.plus(count);
        if (!next.isAfter(left.to)) {
            waiting.addFirst(new Left(next, left.to, left.late));
        }
        return new Batch(read, left.late, 0);
    }

    /** What the listeners are told in one go, which is held until the last of them has returned. */
    private final class Batch implements Runnable {

        private final List<ChatMessage> messages;
        private final boolean late;
        private final long size;
        private volatile boolean begun;

        private Batch(List<ChatMessage> messages, boolean late, long size) {
            this.messages = messages;
            this.late = late;
            this.size = size;
        }

        @Override
        public void run() {
            begun = true;
            for (ChatMessage message : messages) {
                if (late) {
                    listeners.messageOpenedLate(message, own);
                } else {
                    listeners.message(message, own);
                }
            }
            queue.execute(this::over);
        }

        private void over() {
            handed = null;
            budget.give(size);
            if (!late && !messages.isEmpty()) {
                told.accept(messages.get(messages.size() - 1).position());
            }
            handOn();
        }
    }
}
