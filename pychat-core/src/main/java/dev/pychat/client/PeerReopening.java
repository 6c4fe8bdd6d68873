package dev.pychat.client;

import dev.pychat.envelope.Finding;
import dev.pychat.envelope.FindingCode;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.transport.internal.SerialQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the messages of a conversation that were not shown, once another identity or suite counts for the peer, or keys have come, and when
 * the conversation is opened. Where the server or the store stands in the
 * way it tries again, after a second and then each time twice as long, up to a minute. Confined to the chat's queue, but for the methods
 * that say that any thread may call them.
 */
final class PeerReopening {

    private static final Logger LOG = LoggerFactory.getLogger(PeerReopening.class);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 6;

    /** What a program that is started may open that was not running when it came, or was another one. */
    private static final Set<FindingCode> AT_FIRST =
            EnumSet.of(FindingCode.UNKNOWN_EPOCH, FindingCode.UNKNOWN_KEY, FindingCode.UNSUPPORTED);

    /** What the server alone may make open. */
    private static final Set<FindingCode> EACH_TIME = EnumSet.of(FindingCode.UNKNOWN_EPOCH);

    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    /** Nobody waits longer for a history because of what may not open at all. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Account account;
    private final Username peer;
    private final PeerKeys keys;
    private final HistoryReopening reopening;
    private final ChatHistory history;
    private final SerialQueue queue;
    private final Promises promises;
    private @Nullable Link link;
    private CompletableFuture<Void> tried = CompletableFuture.completedFuture(null);
    private CompletableFuture<Void> look = CompletableFuture.completedFuture(null);
    private Instant looked = Instant.EPOCH;
    private boolean isFirst = true;
    private boolean again;
    private boolean working;
    private boolean waiting;
    private int failures;

    PeerReopening(
            Account account,
            Username peer,
            PeerKeys keys,
            ChatHistory history,
            HistoryReopening reopening,
            SerialQueue queue,
            Promises promises) {
        this.account = account;
        this.history = history;
        this.promises = promises;
        this.peer = peer;
        this.keys = keys;
        this.reopening = reopening;
        this.queue = queue;
    }

    void online(Link next) {
        link = next;
        failures = 0;
        run();
        if (isFirst) {
            lookFirst(next);
        }
    }

    void offline() {
        link = null;
    }

    /** Messages were taken with these findings. */
    void found(List<Finding> findings) {
        reopening.found(findings);
    }

    /** Keys have come to this device. Any thread may call this. */
    void keysCame() {
        queue.execute(() -> {
            history.epochs().reconsider();
            again = true;
            run();
        });
    }

    /**
     * The person opens the conversation: what the server may give now that it did not give before is tried, at most once a minute.
     * Completes when that was tried, or something stood in the way, or it takes its time. Any thread may call this.
     */
    CompletableFuture<Void> opened() {
        CompletableFuture<Void> done = promises.make();
        queue.execute(() -> {
            Link here = link;
            if (here != null && !account.now().isBefore(looked.plus(LOOK_AGAIN))) {
                lookAgain(here);
            }
            CompletableFuture<Void> patience =
                    look.copy().completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            queue.then(patience, nothing -> done.complete(null), failure -> done.complete(null));
        });
        return done;
    }

    private void lookFirst(Link here) {
        look = reopening.runRecent(here, AT_FIRST);
        queue.then(
                look,
                nothing -> isFirst = false,
                failure -> LOG.debug("with the next connection it is looked what opens of {}", peer, failure));
    }

    private void lookAgain(Link here) {
        looked = account.now();
        look = reopening.runRecent(here, EACH_TIME);
        queue.then(look, nothing -> {}, failure -> {
            looked = Instant.EPOCH;
            LOG.debug("what did not open of {} is looked at when it is opened again", peer, failure);
        });
    }

    /** Opens what the identities and the keys as they are now may open, if they have changed since it was tried. */
    void run() {
        Link here = link;
        boolean wanted = again || keys.pin().stream().anyMatch(pin -> pin.here().reopen());
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
        List<Pin> before = keys.pin();
        again = false;
        queue.then(reopening.run(here), nothing -> opened(here, before), failure -> {
            LOG.debug("messages of {} were not opened again", peer, failure);
            again = true;
            runLater();
            end();
        });
    }

    private void opened(Link here, List<Pin> before) {
        List<Pin> present = keys.pin();
        if (again || !opening(present).equals(opening(before))) {
            pass(here);
            return;
        }
        try {
            for (Pin now : present) {
                keys.save(now.with(now.here().reopened()));
            }
            failures = 0;
        } catch (StoreException e) {
            LOG.warn("what was opened of {} will be looked at again", peer, e);
            runLater();
        }
        end();
    }

    /** What of a pin messages are held against. */
    private static List<?> opening(List<Pin> pins) {
        return pins.stream()
                .map(pin -> List.of(pin.identities(), pin.here().hybridSince()))
                .toList();
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
