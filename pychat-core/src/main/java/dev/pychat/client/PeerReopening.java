package dev.pychat.client;

import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.transport.internal.SerialQueue;
import java.time.Duration;
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
        if (here == null || !wanted || working) {
            return;
        }
        working = true;
        Pin tried = keys.pin().get(0);
        queue.then(
                reopening.run(here),
                nothing -> {
                    working = false;
                    opened(tried);
                },
                failure -> {
                    working = false;
                    LOG.debug("messages of {} were not opened again", peer, failure);
                    runLater();
                });
    }

    private void opened(Pin tried) {
        Pin now = keys.pin().get(0);
        if (!now.identities().equals(tried.identities())) {
            run();
            return;
        }
        try {
            keys.save(now.with(now.here().reopened()));
            failures = 0;
        } catch (StoreException e) {
            LOG.warn("what was opened of {} will be looked at again", peer, e);
            runLater();
        }
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
