package dev.pychat.client;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Why nothing leaves an outbox for now: each who needs that has a hold of its own, and what waits leaves again when the last one lets
 * go. A lost connection ends all holds. Confined to the chat's queue.
 */
final class OutboxHalt {

    private final BooleanSupplier quiet;
    private final Runnable free;
    private final Set<Hold> holds = new LinkedHashSet<>();

    /** Is given whether everything that had left has been answered, and what to do when nothing is held any more. */
    OutboxHalt(BooleanSupplier quiet, Runnable free) {
        this.quiet = quiet;
        this.free = free;
    }

    /** What one asker holds. Confined to the chat's queue, like the halt. */
    final class Hold {

        private final CompletableFuture<Void> stillness = new CompletableFuture<>();

        private Hold() {}

        /**
         * Completes on the queue when everything that had left has been answered: from then on, nothing is on its way before this lets
         * go. Fails if the connection is lost before.
         */
        CompletableFuture<Void> quiet() {
            return stillness;
        }

        /** Whether it holds: it has not let go, and the connection is the one on which it began. */
        boolean holds() {
            return holds.contains(this);
        }

        /** Lets what is there leave again, as far as this one is concerned. Of no effect if it holds no more. */
        void letGo() {
            if (holds.remove(this) && holds.isEmpty()) {
                free.run();
            }
        }
    }

    /** Lets nothing more leave from now on. */
    Hold hold() {
        Hold hold = new Hold();
        holds.add(hold);
        answered();
        return hold;
    }

    boolean isHalted() {
        return !holds.isEmpty();
    }

    /** Something that had left was answered. */
    void answered() {
        if (quiet.getAsBoolean()) {
            List.copyOf(holds).forEach(hold -> hold.stillness.complete(null));
        }
    }

    /** The connection is lost. */
    void offline() {
        List<Hold> lost = List.copyOf(holds);
        holds.clear();
        lost.forEach(hold ->
                hold.stillness.completeExceptionally(new ServerUnreachableException("the connection was lost")));
    }
}
