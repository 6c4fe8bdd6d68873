package dev.pychat.client;

import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.transport.internal.SerialQueue;
import java.util.Map;

/** What becomes of messages at the end: they leave the outbox, and who sent them is told. Confined to the chat's queue. */
final class OutboxSettlement {

    private final Username peer;
    private final Listeners listeners;
    private final SerialQueue queue;
    private final OutboxShelf shelf;
    private final OutboxSealing sealing;
    private final Trouble trouble;
    private boolean flushQueued;

    OutboxSettlement(
            Username peer,
            Listeners listeners,
            SerialQueue queue,
            OutboxShelf shelf,
            OutboxSealing sealing,
            Trouble trouble) {
        this.peer = peer;
        this.listeners = listeners;
        this.queue = queue;
        this.shelf = shelf;
        this.sealing = sealing;
        this.trouble = trouble;
    }

    /** The server has stored it. */
    void accept(OutboxItem item, Acceptance acceptance) {
        if (shelf.holds(item)) {
            shelf.drop(item);
            item.receipt().accept(acceptance);
            flushSoon();
        }
    }

    /** What the history holds is stored. Gives whether it held anything that was not known to be. */
    boolean acceptFound() throws StoreException {
        Map<OutboxItem, Acceptance> found = sealing.found();
        found.forEach(this::accept);
        return !found.isEmpty();
    }

    /** It is not stored, and will never be. */
    void refuse(OutboxItem item, RefusedException why) {
        shelf.drop(item);
        item.receipt().fail(why);
        if (!item.content().isOwn()) {
            // What the clients say to each other is asked for again, and no person has sent it.
            listeners.refused(peer, why);
        }
        flushSoon();
    }

    /** One step of the store for many messages. */
    private void flushSoon() {
        if (flushQueued) {
            return;
        }
        flushQueued = true;
        queue.execute(() -> {
            flushQueued = false;
            try {
                sealing.flush();
            } catch (StoreException e) {
                trouble.tell("the outbox of this device could not be cleared: " + e.getMessage());
            }
        });
    }
}
