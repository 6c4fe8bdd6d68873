package dev.pychat.client;

import dev.pychat.model.EpochName;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.store.OutboxEntry;
import dev.pychat.transport.internal.SerialQueue;
import dev.pychat.wire.Accepted;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.Ok;
import dev.pychat.wire.PutEpoch;
import dev.pychat.wire.Submit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of one conversation's outbox is on its way to the server: the headers that it holds, and the messages that it has not
 * answered. Confined to the chat's queue.
 */
final class OutboxFlight {

    /** The most messages that are sealed and not accepted. */
    static final int WINDOW = 64;

    /** Who is told how it ends. On the chat's queue. */
    interface Outcome {

        /** The server has stored the message. */
        void accepted(OutboxItem item, Acceptance acceptance);

        /** The server has refused the message, or the header that it names. */
        void refused(OutboxItem item, FailureException why);

        /** The server has answered what no honest one does. */
        void contradicted(String how);

        /** More can be sent now. */
        void ready();
    }

    private final Username peer;
    private final SerialQueue queue;
    private final OutboxShelf shelf;
    private final OutboxSealing sealing;
    private final Outcome outcome;
    private final Set<EpochName> put = new HashSet<>();
    private @Nullable Link link;
    private boolean putting;
    private int inFlight;

    OutboxFlight(Username peer, SerialQueue queue, OutboxShelf shelf, OutboxSealing sealing, Outcome outcome) {
        this.peer = peer;
        this.queue = queue;
        this.shelf = shelf;
        this.sealing = sealing;
        this.outcome = outcome;
    }

    void online(Link next) {
        link = next;
    }

    /** What was in flight is unsent again: nobody knows what became of it. */
    void offline() {
        link = null;
        putting = false;
        inFlight = 0;
        put.clear();
        shelf.items().forEach(OutboxItem::unsent);
    }

    @Nullable
    Link link() {
        return link;
    }

    /** Whether everything that was sent has been answered. */
    boolean isQuiet() {
        return inFlight == 0;
    }

    /** How many messages more may be sealed. */
    int room() {
        return WINDOW - shelf.sealed().size();
    }

    /** The server does not hold the header any more. */
    void putAgain(EpochName epoch) {
        put.remove(epoch);
    }

    /** Sends what is sealed and unsent, in order, each message after the header that it names. */
    void submit() {
        Link here = link;
        if (here == null) {
            return;
        }
        for (OutboxItem item : shelf.sealed()) {
            Optional<OutboxEntry.Sealed> sealed = item.sealed();
            if (inFlight >= WINDOW || sealed.isEmpty()) {
                return;
            }
            if (item.isInFlight()) {
                continue;
            }
            if (!put.contains(sealed.get().epoch())) {
                put(here, item, sealed.get().epoch());
                return;
            }
            send(here, item, sealed.get());
        }
    }

    private void put(Link here, OutboxItem first, EpochName epoch) {
        if (putting) {
            return;
        }
        putting = true;
        queue.then(
                here.ask(Ok.class, id -> new PutEpoch(id, peer, epoch, shelf.header(epoch))),
                ok -> {
                    if (here == link) {
                        putting = false;
                        put.add(epoch);
                        outcome.ready();
                    }
                },
                failure -> {
                    if (here == link) {
                        putting = false;
                        refused(first, failure);
                    }
                });
    }

    private void send(Link here, OutboxItem item, OutboxEntry.Sealed sealed) {
        item.sent();
        inFlight++;
        queue.then(
                here.ask(Accepted.Item.class, id -> submit(id, sealed)),
                accepted -> {
                    if (here == link) {
                        inFlight--;
                        accepted(item, sealed, accepted);
                    }
                },
                failure -> {
                    if (here == link) {
                        inFlight--;
                        refused(item, failure);
                    }
                });
    }

    private Submit submit(long id, OutboxEntry.Sealed sealed) {
        return new Submit(
                id,
                peer,
                sealed.id(),
                sealed.hash(),
                sealed.epoch(),
                sealed.lane(),
                sealed.after(),
                sealing.seen(sealed),
                sealed.quiet(),
                sealed.envelope());
    }

    private void accepted(OutboxItem item, OutboxEntry.Sealed sealed, Accepted.Item accepted) {
        if (accepted.mid().equals(sealed.id())) {
            outcome.accepted(item, new Acceptance(accepted.mid(), accepted.position(), accepted.time()));
        } else {
            notAnswered(item, "the server says of message " + sealed.id() + " where message " + accepted.mid() + " is");
        }
    }

    /** A lost connection is no refusal: its end is told on its own. */
    private void refused(OutboxItem item, Throwable failure) {
        PychatException why = Answers.known(failure);
        if (why instanceof FailureException refusal) {
            item.failed(refusal);
            outcome.refused(item, refusal);
        } else if (!(why instanceof ServerUnreachableException)) {
            notAnswered(item, String.valueOf(why.getMessage()));
        }
    }

    /** What can't be the answer says nothing of the message: it is sent again after a while, as after a failure of the server. */
    private void notAnswered(OutboxItem item, String how) {
        outcome.contradicted(how);
        FailureException failure = new FailureException(new Failure(0, ErrorCode.INTERNAL, how));
        item.failed(failure);
        outcome.refused(item, failure);
    }
}
