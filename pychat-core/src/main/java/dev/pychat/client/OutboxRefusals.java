package dev.pychat.client;

import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.store.OutboxEntry;
import dev.pychat.transport.internal.SerialQueue;
import dev.pychat.wire.ErrorCode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is done about refusals. Nothing further leaves until everything in flight has been answered; then one refusal decides. A message
 * is called refused only when the history was read to its end and does not hold it: what is stored is stored, whatever the server
 * says. Confined to the chat's queue.
 */
final class OutboxRefusals {

    private static final int MOST_TRIES = 8;
    private static final Duration A_WHILE = Duration.ofSeconds(1);
    private static final Duration LONGER = Duration.ofSeconds(10);

    private final Username peer;
    private final ChatHistory history;
    private final Listeners listeners;
    private final SerialQueue queue;
    private final OutboxShelf shelf;
    private final OutboxSealing sealing;
    private final OutboxFlight flight;
    private final OutboxHalt halt;
    private final OutboxSettlement settlement;
    private final Trouble trouble;
    private final Consumer<Duration> pause;
    private OutboxHalt.@Nullable Hold hold;
    private int tries;

    OutboxRefusals(
            Username peer,
            ChatHistory history,
            Listeners listeners,
            SerialQueue queue,
            OutboxShelf shelf,
            OutboxSealing sealing,
            OutboxFlight flight,
            OutboxHalt halt,
            OutboxSettlement settlement,
            Trouble trouble,
            Consumer<Duration> pause) {
        this.peer = peer;
        this.history = history;
        this.listeners = listeners;
        this.queue = queue;
        this.shelf = shelf;
        this.sealing = sealing;
        this.flight = flight;
        this.halt = halt;
        this.settlement = settlement;
        this.trouble = trouble;
        this.pause = pause;
    }

    /** The connection is lost: nobody knows what became of what was refused, nor of the rest. */
    void offline() {
        hold = null;
        tries = 0;
    }

    /** Something was accepted, so it goes on. */
    void progress() {
        tries = 0;
    }

    /** The server has refused a message. */
    void refused() {
        if (hold != null && hold.holds()) {
            return;
        }
        OutboxHalt.Hold begun = halt.hold();
        hold = begun;
        queue.then(begun.quiet(), quiet -> decide(begun), lost -> {});
    }

    /** The server refuses whatever is sent to the peer. */
    void allRefused(Link here, FailureException why) {
        OutboxHalt.Hold begun = halt.hold();
        read(
                begun,
                begun.quiet().thenCompose(quiet -> history.catchUp(here)),
                () -> sealAnew(begun, Remedy.GIVE_UP, shelf::items, why),
                LONGER);
    }

    private void decide(OutboxHalt.Hold begun) {
        Link here = flight.link();
        if (here == null || !begun.holds()) {
            return;
        }
        Optional<OutboxItem> first = shelf.items().stream()
                .filter(item -> item.failure().isPresent())
                .findFirst();
        Optional<FailureException> failure = first.flatMap(OutboxItem::failure);
        shelf.items().forEach(OutboxItem::unsent);
        if (first.isEmpty() || failure.isEmpty()) {
            begun.letGo();
            return;
        }
        tries++;
        Remedy remedy = sealing.remedy(failure.get().failure());
        if (tries > MOST_TRIES && remedy != Remedy.GIVE_UP) {
            goOnLater(begun, LONGER);
            return;
        }
        apply(begun, here, remedy, first.get(), failure.get());
    }

    private void apply(OutboxHalt.Hold begun, Link here, Remedy remedy, OutboxItem first, FailureException failure) {
        switch (remedy) {
            case PUT_EPOCH_AGAIN -> {
                first.sealed().map(OutboxEntry.Sealed::epoch).ifPresent(flight::putAgain);
                begun.letGo();
            }
            case SEND_AGAIN -> begun.letGo();
            case LATER -> goOnLater(begun, Remedy.delay(failure, A_WHILE));
            case READ_FIRST, SEAL_ANEW, NEW_LANE, GIVE_UP -> {
                List<OutboxItem> refused = remedy == Remedy.GIVE_UP ? List.of(first) : List.of();
                read(begun, history.catchUp(here), () -> sealAnew(begun, remedy, () -> refused, failure), A_WHILE);
            }
        }
    }

    /** Goes on when the history is read, unless the connection was lost meanwhile; if it can't be read, all is sent again later. */
    private void read(OutboxHalt.Hold begun, CompletableFuture<Void> reading, Runnable then, Duration otherwise) {
        queue.then(
                reading,
                nothing -> {
                    if (begun.holds()) {
                        then.run();
                    }
                },
                lost -> {
                    if (begun.holds()) {
                        goOnLater(begun, otherwise);
                    }
                });
    }

    private void sealAnew(
            OutboxHalt.Hold begun, Remedy remedy, Supplier<Collection<OutboxItem>> refused, FailureException why) {
        List<OutboxItem> givenUp = List.of();
        try {
            if (settlement.acceptFound()) {
                progress();
            }
            // What was found is stored, whatever the server has said.
            givenUp = refused.get().stream().filter(shelf::holds).toList();
            if (remedy == Remedy.READ_FIRST) {
                sealing.readTo(history.last());
            } else {
                sealing.unseal(remedy == Remedy.NEW_LANE, givenUp);
                tellOfACopy(why);
            }
            begun.letGo();
        } catch (PychatException e) {
            trouble.tell("messages to " + peer + " could not be sealed anew: " + e.getMessage());
            goOnLater(begun, A_WHILE);
        }
        // They stay refused, whatever becomes of those behind them.
        givenUp.forEach(item -> settlement.refuse(item, why.asRefused()));
    }

    /** A last message of our lane that is none of ours was sent by whoever else holds the lane. */
    private void tellOfACopy(FailureException failure) {
        if (failure.code() == ErrorCode.OUT_OF_SEQUENCE) {
            listeners.notice(
                    "another copy of this device has sent messages to " + peer + ": from here on, this one uses a"
                            + " lane of its own. If you have not copied the device or restored it from a backup, somebody else has");
        }
    }

    private void goOnLater(OutboxHalt.Hold begun, Duration delay) {
        pause.accept(delay);
        begun.letGo();
    }
}
