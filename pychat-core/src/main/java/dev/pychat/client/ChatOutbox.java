package dev.pychat.client;

import dev.pychat.model.Bytes;
import dev.pychat.model.PychatException;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.OutboxLane;
import dev.pychat.store.StoreException;
import dev.pychat.transport.internal.SerialQueue;
import dev.pychat.wire.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
    private final OutboxHalt halt;
    private final OutboxSettlement settlement;
    private final OutboxRefusals refusals;
    private final Trouble trouble;
    private boolean restored;
    private boolean paused;
    private boolean wantsKeys;
    private boolean fetching;
    private boolean contradicted;
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
        this.trouble = new Trouble(listeners);
        this.flight = new OutboxFlight(peer, queue, shelf, sealing, this);
        this.halt = new OutboxHalt(flight::isQuiet, this::pump);
        this.settlement = new OutboxSettlement(peer, listeners, queue, shelf, sealing, trouble);
        this.refusals = new OutboxRefusals(
                peer, history, listeners, queue, shelf, sealing, flight, halt, settlement, trouble, this::pause);
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
        halt.offline();
        refusals.offline();
        paused = false;
        fetching = false;
        notFetched = Optional.empty();
    }

    /** Lets nothing more leave until what this gives lets go. */
    OutboxHalt.Hold stop() {
        return halt.hold();
    }

    /**
     * Turns everything that was not stored by the server back into drafts. What it has of them was read before. Keys that were to be
     * given to the peer are not for another identity in their place.
     */
    void unseal(boolean forAnotherIdentity) throws StoreException {
        settlement.acceptFound();
        if (forAnotherIdentity) {
            sealing.unsealWithoutAnswers(sealing.isOfPastIdentity());
        } else {
            sealing.unseal(sealing.isOfPastIdentity(), List.of());
        }
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
        boolean free = here != null && !halt.isHalted() && !paused && sealing.maySeal();
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
                || sealing.hasDrafts() && (keys.fresh().isEmpty() || sealing.lacksKeys());
        if (here != null && !halt.isHalted() && !paused && wanting) {
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
                keys.prepare(here),
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
                        notFetched(here, Answers.known(failure));
                    }
                });
    }

    private void notFetched(Link here, PychatException failure) {
        boolean passes = Remedy.isLater(failure) && !(failure instanceof StoreException);
        PychatException why =
                keys.objection().<PychatException>map(Objection::refusal).orElseGet(() -> Answers.forCaller(failure));
        notFetched = passes ? Optional.empty() : Optional.of(why);
        if (failure instanceof FailureException e && e.code() == ErrorCode.UNKNOWN_USER) {
            refusals.allRefused(here, e);
        } else if (failure instanceof StoreException e) {
            trouble.tell("the keys of " + peer + " could not be stored on this device: " + e.getMessage());
            pause(A_WHILE);
        } else {
            wantsKeys = true;
            pause(keys.objection().isEmpty() ? NO_KEYS_YET : OBJECTION);
        }
    }

    @Override
    public void accepted(OutboxItem item, Acceptance acceptance) {
        settlement.accept(item, acceptance);
        refusals.progress();
        if (halt.isHalted()) {
            halt.answered();
        } else {
            pump();
        }
    }

    @Override
    public void refused(OutboxItem item, FailureException why) {
        refusals.refused();
        halt.answered();
    }

    @Override
    public void contradicted(String how) {
        if (!contradicted) {
            contradicted = true;
            listeners.notice("in the conversation with " + peer + " " + how + ". Distrust the server");
        }
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
                .ifPresent(item -> {
                    settlement.accept(item, acceptance);
                    refusals.progress();
                });
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
