package dev.pychat.client;

import dev.pychat.model.Bytes;
import dev.pychat.model.PychatException;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.OutboxEntry;
import dev.pychat.store.OutboxLane;
import dev.pychat.store.StoreException;
import dev.pychat.transport.internal.SerialQueue;
import dev.pychat.wire.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends one conversation's messages in order, and again until the server has said what became of each. Confined to the
 * chat's queue.
 *
 * <pre>
 * draft ─ seal ─▶ sealed ─ put-epoch, submit ─▶ in flight ─ accepted ─▶ gone
 *   ▲                ▲                              │
 *   │                └── unknown epoch, busy, ... ──┤  the same bytes again
 *   └── refused for good, conflict, unknown lane ───┘  under a new id, in a new epoch
 * </pre>
 *
 * <p>When one message is refused, nothing further leaves until everything in flight has been answered; then the first
 * refusal decides.
 */
final class ChatOutbox implements OutboxFlight.Outcome {

    private static final int MOST_TRIES = 8;
    private static final Duration A_WHILE = Duration.ofSeconds(1);
    private static final Duration NO_KEYS_YET = Duration.ofSeconds(5);
    private static final Duration OBJECTION = Duration.ofMinutes(5);

    private final Username peer;
    private final PeerKeys keys;
    private final ChatHistory history;
    private final Listeners listeners;
    private final SerialQueue queue;
    private final OutboxShelf shelf;
    private final OutboxSealing sealing;
    private final OutboxFlight flight;
    private final Trouble trouble;
    private boolean restored;
    private boolean halted;
    private boolean paused;
    private boolean wantsKeys;
    private boolean fetching;
    private int tries;
    private boolean flushQueued;
    private @Nullable CompletableFuture<Void> stopping;
    private Optional<PychatException> notKept = Optional.empty();
    private Optional<PychatException> notFetched = Optional.empty();

    ChatOutbox(
            Username peer,
            PeerKeys keys,
            ChatHistory history,
            Listeners listeners,
            SerialQueue queue,
            OutboxShelf shelf,
            OutboxSealing sealing) {
        this.peer = peer;
        this.keys = keys;
        this.history = history;
        this.listeners = listeners;
        this.queue = queue;
        this.shelf = shelf;
        this.sealing = sealing;
        this.flight = new OutboxFlight(peer, queue, shelf, sealing, this);
        this.trouble = new Trouble(listeners);
    }

    /** Takes up what the store holds. Before that nothing is kept, lest it takes the place of something. */
    void restore(Optional<OutboxLane> lane) throws StoreException {
        if (lane.isPresent()) {
            shelf.restore(lane.get());
        }
        restored = true;
    }

    void online(Link next) {
        offline();
        flight.online(next);
        pump();
    }

    void offline() {
        flight.offline();
        halted = false;
        paused = false;
        fetching = false;
        tries = 0;
        notFetched = Optional.empty();
        if (stopping != null) {
            stopping.completeExceptionally(new ServerUnreachableException("the connection was lost"));
            stopping = null;
        }
    }

    /**
     * Lets nothing more leave. Completes on the queue when everything that had left has been answered; from then on nothing leaves
     * before {@link #goOn}. Fails if the connection is lost before.
     */
    CompletableFuture<Void> stop() {
        if (stopping == null) {
            stopping = new CompletableFuture<>();
        }
        CompletableFuture<Void> stopped = stopping;
        halted = true;
        decideWhenQuiet();
        return stopped;
    }

    /** Turns everything that was not stored by the server back into drafts. What it has of them was read before. */
    void unseal() throws StoreException {
        sealing.found().forEach(this::settle);
        sealing.unseal(sealing.isOfPastIdentity(), Optional.empty());
    }

    /** What keeps everything here, though there is a connection. */
    Optional<PychatException> obstacle() {
        return notKept.isPresent() ? notKept : notFetched;
    }

    /** Does whatever can be done now: keeps what is new, seals, sends. */
    void pump() {
        if (!restored) {
            return;
        }
        Link here = flight.link();
        boolean free = here != null && !halted && !paused && sealing.maySeal();
        int room = free ? flight.room() : 0;
        try {
            if (sealing.keep(room)) {
                trouble.over();
            }
            notKept = Optional.empty();
        } catch (StoreException e) {
            notStored(e);
            pause(A_WHILE);
        }
        if (sealing.hasFresh()) {
            queue.execute(this::pump);
        }
        boolean wanting = keys.objection().isPresent()
                || sealing.hasDrafts() && keys.fresh().isEmpty();
        if (here != null && !halted && !paused && wanting) {
            fetchKeys(here);
        }
        if (free && !paused) {
            flight.submit();
        }
    }

    private void notStored(StoreException why) {
        notKept = Optional.of(why);
        trouble.tell("messages to " + peer + " could not be stored on this device: " + why.getMessage());
    }

    private void fetchKeys(Link here) {
        if (fetching) {
            return;
        }
        fetching = true;
        queue.then(
                keys.fetch(here),
                nothing -> {
                    history.epochs().reconsider();
                    if (here == flight.link()) {
                        fetching = false;
                        notFetched = Optional.empty();
                        pump();
                    }
                },
                failure -> {
                    if (here == flight.link()) {
                        fetching = false;
                        notFetched(Answers.known(failure));
                    }
                });
    }

    private void notFetched(PychatException failure) {
        boolean passes = Remedy.isLater(failure) && !(failure instanceof StoreException);
        PychatException why =
                keys.objection().<PychatException>map(Objection::refusal).orElseGet(() -> Answers.forCaller(failure));
        notFetched = passes ? Optional.empty() : Optional.of(why);
        if (failure instanceof FailureException e && e.code() == ErrorCode.UNKNOWN_USER) {
            giveUpAll(e);
        } else if (failure instanceof StoreException e) {
            trouble.tell("the keys of " + peer + " could not be stored on this device: " + e.getMessage());
            pause(A_WHILE);
        } else {
            wantsKeys = true;
            pause(keys.objection().isEmpty() ? NO_KEYS_YET : OBJECTION);
        }
    }

    private void giveUpAll(FailureException why) {
        List.copyOf(shelf.items()).forEach(item -> refuse(item, why.asRefused()));
        flushSoon();
    }

    @Override
    public void accepted(OutboxItem item, Acceptance acceptance) {
        settle(item, acceptance);
        if (halted) {
            decideWhenQuiet();
        } else {
            pump();
        }
    }

    @Override
    public void refused(OutboxItem item, FailureException why) {
        halted = true;
        decideWhenQuiet();
    }

    @Override
    public void ready() {
        pump();
    }

    /** The message came back by the delivery path, so it is stored; the answer may have been lost. */
    void echoed(StoredMessage message, Bytes envelopeHash) {
        Acceptance acceptance = new Acceptance(message.id(), message.position(), message.time());
        shelf.sealedAs(message.id())
                .filter(item -> item.isSealedAs(envelopeHash))
                .ifPresent(item -> settle(item, acceptance));
    }

    private void settle(OutboxItem item, Acceptance acceptance) {
        if (shelf.holds(item)) {
            tries = 0;
            shelf.drop(item);
            item.receipt().accept(acceptance);
            flushSoon();
        }
    }

    /** One step of the store for many accepted messages. */
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

    private void decideWhenQuiet() {
        Link here = flight.link();
        if (here == null || !flight.isQuiet()) {
            return;
        }
        if (stopping != null) {
            CompletableFuture<Void> stopped = stopping;
            stopping = null;
            shelf.items().forEach(OutboxItem::unsent);
            stopped.complete(null);
            return;
        }
        Optional<OutboxItem> first = shelf.items().stream()
                .filter(item -> item.failure().isPresent())
                .findFirst();
        Optional<FailureException> failure = first.flatMap(OutboxItem::failure);
        shelf.items().forEach(OutboxItem::unsent);
        if (first.isEmpty() || failure.isEmpty()) {
            goOn();
            return;
        }
        tries++;
        Remedy remedy = sealing.remedy(failure.get().failure());
        if (tries > MOST_TRIES && remedy != Remedy.GIVE_UP) {
            goOnLater(A_WHILE.multipliedBy(10));
            return;
        }
        apply(here, remedy, first.get(), failure.get());
    }

    private void apply(Link here, Remedy remedy, OutboxItem first, FailureException failure) {
        switch (remedy) {
            case PUT_EPOCH_AGAIN -> {
                first.sealed().map(OutboxEntry.Sealed::epoch).ifPresent(flight::putAgain);
                goOn();
            }
            case SEND_AGAIN -> goOn();
            case LATER -> goOnLater(Remedy.delay(failure, A_WHILE));
            case READ_FIRST, SEAL_ANEW, NEW_LANE, GIVE_UP ->
                queue.then(
                        history.catchUp(here),
                        nothing -> {
                            if (here == flight.link()) {
                                afterReading(remedy, first, failure);
                            }
                        },
                        lost -> {
                            if (here == flight.link()) {
                                goOnLater(A_WHILE);
                            }
                        });
        }
    }

    private void afterReading(Remedy remedy, OutboxItem first, FailureException failure) {
        Optional<OutboxItem> givenUp = Optional.empty();
        try {
            sealing.found().forEach(this::settle);
            // If it was found, it is stored, whatever the server has said.
            givenUp = Optional.of(first).filter(item -> remedy == Remedy.GIVE_UP && shelf.holds(item));
            if (remedy == Remedy.READ_FIRST) {
                sealing.readTo(history.last());
            } else {
                sealing.unseal(remedy == Remedy.NEW_LANE, givenUp);
                tellOfACopy(failure);
            }
            goOn();
        } catch (PychatException e) {
            trouble.tell("messages to " + peer + " could not be sealed anew: " + e.getMessage());
            goOnLater(A_WHILE);
        }
        // It stays refused, whatever becomes of those behind it.
        givenUp.ifPresent(item -> refuse(item, failure.asRefused()));
    }

    /** A last message of our lane that is none of ours was sent by whoever else holds the lane. */
    private void tellOfACopy(FailureException failure) {
        if (failure.code() == ErrorCode.OUT_OF_SEQUENCE) {
            listeners.notice(
                    "another copy of this device has sent messages to " + peer + ": from here on, this one uses a"
                            + " lane of its own. If you have not copied the device or restored it from a backup, somebody else has");
        }
    }

    private void refuse(OutboxItem item, RefusedException why) {
        shelf.drop(item);
        item.receipt().fail(why);
        listeners.refused(peer, why);
        flushSoon();
    }

    /** Other keys may be there than when they were asked for last. */
    void keysCame() {
        if (wantsKeys) {
            wantsKeys = false;
            paused = false;
            notFetched = Optional.empty();
        }
        pump();
    }

    /** Lets what is there leave again. */
    void goOn() {
        halted = false;
        pump();
    }

    private void goOnLater(Duration delay) {
        halted = false;
        pause(delay);
    }

    private void pause(Duration delay) {
        paused = true;
        Link here = flight.link();
        Threads.later(
                delay,
                () -> queue.execute(() -> {
                    if (here == flight.link()) {
                        paused = false;
                        pump();
                    }
                }));
    }

    /** What was not accepted stays in the store; its receipts say that nobody knows. */
    void close() {
        offline();
        try {
            sealing.close(restored);
        } catch (StoreException e) {
            notStored(e);
        }
        ClosedException closed = new ClosedException("the client was closed before the server had answered;"
                + " the message is in the outbox and is sent when a client is started again");
        shelf.items().forEach(item -> item.receipt().fail(closed));
    }
}
