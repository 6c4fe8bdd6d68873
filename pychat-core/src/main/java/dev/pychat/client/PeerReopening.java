package dev.pychat.client;

import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.transport.internal.SerialQueue;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the messages of a peer that were not shown, once another identity counts for the peer. Where the server or the store stands in the
 * way it tries again, after a second and then each time twice as long, up to a minute. Confined to the chat's queue.
 */
final class PeerReopening {

    private static final Logger LOG = LoggerFactory.getLogger(PeerReopening.class);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 6;

    private final Username peer;
    private final PeerKeys keys;
    private final HistoryReopening reopening;
    private final SerialQueue queue;
    private @Nullable Link link;
    private CompletableFuture<Void> tried = CompletableFuture.completedFuture(null);
    private boolean working;
    private boolean waiting;
    private int failures;

    PeerReopening(Username peer, PeerKeys keys, HistoryReopening reopening, SerialQueue queue) {
        this.peer = peer;
        this.keys = keys;
        this.reopening = reopening;
        this.queue = queue;
    }

    void online(Link next) {
        link = next;
        failures = 0;
        run();
    }

    void offline() {
        link = null;
    }

    /** Opens what the identities as they are now may open, if they have changed since it was tried. */
    void run() {
        Link here = link;
        boolean wanted = keys.pin().stream().anyMatch(pin -> pin.here().reopen());
        if (!working && here != null && wanted) {
            working = true;
            tried = new CompletableFuture<>();
            pass(here);
        }
    }

    /** Completes when what {@link #run} has begun was tried, or something stood in the way, so that it is tried again later. */
    CompletableFuture<Void> tried() {
        return tried.copy();
    }

    private void pass(Link here) {
        Pin before = keys.pin().get(0);
        queue.then(reopening.run(here), nothing -> opened(here, before), failure -> {
            LOG.debug("messages of {} were not opened again", peer, failure);
            runLater();
            end();
        });
    }

    private void opened(Link here, Pin before) {
        Pin now = keys.pin().get(0);
        if (!now.identities().equals(before.identities())) {
            pass(here);
            return;
        }
        try {
            keys.save(now.with(now.here().reopened()));
            failures = 0;
        } catch (StoreException e) {
            LOG.warn("what was opened of {} will be looked at again", peer, e);
            runLater();
        }
        end();
    }

    private void end() {
        working = false;
        tried.complete(null);
    }

    private void runLater() {
        if (waiting) {
            return;
        }
        waiting = true;
        Duration pause = FIRST.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        Threads.later(
                pause,
                () -> queue.execute(() -> {
                    waiting = false;
                    run();
                }));
    }
}
