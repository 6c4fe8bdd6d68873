package dev.pychat.client;

import dev.pychat.crypto.open.Ed25519PublicKey;
import dev.pychat.crypto.open.MalformedException;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.EpochOffer;
import dev.pychat.envelope.LaneHead;
import dev.pychat.envelope.OwnHeader;
import dev.pychat.envelope.Sealed;
import dev.pychat.envelope.SealedEpoch;
import dev.pychat.envelope.Sealer;
import dev.pychat.envelope.View;
import dev.pychat.key.CheckedBundle;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.OutboxEntry;
import dev.pychat.store.OutboxEpoch;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Seals messages on this installation's lane to one peer, one outbox step at a time: what is sealed since {@link #begin} is
 * kept together, or taken back. Confined to the chat's queue.
 */
final class LaneSealer implements AutoCloseable {

    private final Account account;
    private final ClientOptions options;
    private final Username peer;
    private final PeerKeys keys;
    private final ChatHistory history;
    private final OutboxShelf shelf;
    private final Supplier<Position> readMarker;
    private final List<Sealed> step = new ArrayList<>();
    private final List<OutboxEpoch> epochs = new ArrayList<>();
    private Bytes stored = Bytes.EMPTY;
    private LaneHead givenUp = LaneHead.NONE;
    private Instant time = Instant.EPOCH;
    private @Nullable ConversationContext context;
    private @Nullable Sealer sealer;
    private @Nullable OutboxEpoch epoch;

    LaneSealer(
            Account account,
            ClientOptions options,
            Username peer,
            PeerKeys keys,
            ChatHistory history,
            OutboxShelf shelf,
            Supplier<Position> readMarker) {
        this.account = account;
        this.options = options;
        this.peer = peer;
        this.keys = keys;
        this.history = history;
        this.shelf = shelf;
        this.readMarker = readMarker;
    }

    /** Begins a step on the head that is stored. All of it is sealed at one time, at which the peer's bundle was found fresh. */
    void begin(Bytes storedHead, Instant now) {
        step.clear();
        epochs.clear();
        ConversationContext present = account.context(peer, keys.pin());
        if (!head().equals(storedHead) || !present.equals(context)) {
            close();
        }
        stored = storedHead;
        context = present;
        time = now;
    }

    /** What was sealed up to this head is going to be sealed anew behind an earlier one; its ordinals are not used again. */
    void giveUp(Bytes head) throws StoreRefusedException {
        close();
        if (!head.isEmpty()) {
            givenUp = decode(head);
        }
    }

    private Sealer sealer() throws StoreException {
        if (sealer == null) {
            ConversationContext now = account.context(peer, keys.pin());
            sealer = stored.isEmpty() || isOfAnother(header(decode(stored).epoch()))
                    ? Sealer.onNewLane(now, LaneId.random(options.random()), options.random())
                    : continuing(now, decode(stored));
        }
        return sealer;
    }

    private Bytes header(EpochName epoch) throws StoreException {
        Bytes unsent = shelf.header(epoch);
        return unsent.isEmpty() ? history.epochs().header(epoch) : unsent;
    }

    /** Whether a header was made by another identity than the present one of this account: a lane is of one identity. */
    boolean isOfAnother(Bytes header) {
        Ed25519PublicKey present = account.keyring().identity().publicKey();
        return OwnHeader.maker(header).filter(maker -> !maker.equals(present)).isPresent();
    }

    private Sealer continuing(ConversationContext now, LaneHead head) {
        boolean goneFurther = givenUp.lane().equals(head.lane()) && givenUp.ordinal() > head.ordinal();
        Sealer continuing = Sealer.continuing(now, goneFurther ? givenUp : head, options.random());
        if (goneFurther) {
            continuing.continueFrom(head);
        }
        return continuing;
    }

    private LaneHead decode(Bytes head) throws StoreRefusedException {
        try {
            return LaneHead.decode(head);
        } catch (MalformedException e) {
            throw new StoreRefusedException("the head of the lane to " + peer + " is damaged: " + e.getMessage(), e);
        }
    }

    /** Whether a message can be sealed now: in the present epoch, or in a new one for which everything is there. */
    boolean isReady(CheckedBundle bundle) throws StoreException {
        return keys.supply().isReady(bundle)
                || sealer().needsEpoch(account.offer(bundle, keys.fetched()), time)
                        .isEmpty();
    }

    /** Seals one message as part of the step. */
    OutboxEntry.Sealed seal(CheckedBundle bundle, long number, MessageId id, Content content, Bytes draft)
            throws StoreException {
        Sealer own = sealer();
        Instant now = time;
        EpochOffer offer = account.offer(bundle, keys.fetched());
        if (own.needsEpoch(offer, now).isPresent()) {
            SealedEpoch begun = begin(own, offer.with(keys.supply().use()));
            epoch = new OutboxEpoch(begun.name(), begun.header());
            history.epochs().begun(begun.opened());
        }
        if (epoch != null && shelf.header(epoch.name()).isEmpty() && !epochs.contains(epoch)) {
            // New, or forgotten by the store since everything before was accepted.
            epochs.add(epoch);
        }
        View view = history.view();
        Sealed sealed = own.seal(id, content, now, readUpTo(view), view);
        step.add(sealed);
        return new OutboxEntry.Sealed(
                number,
                id,
                draft,
                sealed.envelopeHash(),
                sealed.epoch(),
                sealed.lane(),
                sealed.before().id(),
                encode(sealed.before()),
                history.last(),
                content.isControl(),
                sealed.envelope());
    }

    /** Nobody has read what the device does not hold, and an account that sends no receipts says nothing of it. */
    private Position readUpTo(View view) {
        if (!account.sendsReceipts()) {
            return Position.NONE;
        }
        Position read = readMarker.get();
        return read.isAfter(view.position()) ? view.position() : read;
    }

    /** If the key of the own wrap can't be stored, there is no such epoch. */
    private SealedEpoch begin(Sealer own, EpochOffer offer) throws StoreException {
        try {
            return account.selfWraps().begin(offer, time, complete -> own.beginEpoch(complete, time));
        } catch (StoreException e) {
            close();
            throw e;
        }
    }

    /** The epochs that this step names and the store does not hold. */
    List<OutboxEpoch> epochs() {
        return List.copyOf(epochs);
    }

    /** The head with everything that was sealed in this step. */
    Bytes head() {
        return sealer == null ? stored : encode(sealer.head());
    }

    /** The step was not kept: its keys are burnt, the lane is where it was. */
    void takeBack() {
        for (int i = step.size() - 1; i >= 0 && sealer != null; i--) {
            sealer.stepFailed(step.get(i));
        }
        step.clear();
        // An epoch that no stored step holds can't be named by a later one.
        if (!epochs.isEmpty()) {
            close();
        }
    }

    private static Bytes encode(LaneHead head) {
        return head.isNone() ? Bytes.EMPTY : head.encode();
    }

    /** Erases the chain key; what comes next begins a new epoch. */
    @Override
    public void close() {
        if (sealer != null) {
            sealer.close();
            sealer = null;
        }
    }
}
