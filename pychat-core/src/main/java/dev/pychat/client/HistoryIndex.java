package dev.pychat.client;

import dev.pychat.envelope.KnownMessages;
import dev.pychat.envelope.MessageIndex;
import dev.pychat.envelope.Taken;
import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptStore;
import java.util.List;
import java.util.Optional;

/**
 * What the device knows of the messages before one: those of the step being made, then those of the store. Used for one step,
 * by one thread.
 */
final class HistoryIndex implements KnownMessages {

    /** A store that fails inside a look-up; it stays inside the step. */
    static final class StoreFailedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final StoreException reason;

        StoreFailedException(StoreException reason) {
            super(reason);
            this.reason = reason;
        }

        StoreException reason() {
            return reason;
        }
    }

    private interface LookUp<T> {
        T find() throws StoreException;
    }

    private final TranscriptStore store;
    private final Username peer;
    private final MessageIndex step = new MessageIndex();

    HistoryIndex(TranscriptStore store, Username peer) {
        this.store = store;
        this.peer = peer;
    }

    void add(StoredMessage message, Taken taken) {
        step.add(message, taken);
    }

    @Override
    public Optional<Known> byId(MessageId id) {
        return known(find(() -> store.find(peer, id))).or(() -> step.byId(id));
    }

    @Override
    public Optional<Known> byPlace(EpochName epoch, int n) {
        return known(find(() -> store.find(peer, epoch, n))).or(() -> step.byPlace(epoch, n));
    }

    @Override
    public Optional<Bytes> viewAt(Position position) {
        return step.viewAt(position)
                .or(() -> at(position).map(TranscriptEntry::viewHash).filter(hash -> !hash.isEmpty()));
    }

    @Override
    public Optional<Step> stepAt(Position position) {
        return step.stepAt(position).or(() -> at(position).map(entry -> new Step(entry.id(), entry.envelopeHash())));
    }

    private Optional<TranscriptEntry> at(Position position) {
        List<TranscriptEntry> page = find(() -> store.page(peer, position.next(), 1));
        return page.stream().filter(entry -> entry.position().equals(position)).findFirst();
    }

    private static Optional<Known> known(Optional<TranscriptEntry> entry) {
        return entry.map(found -> new Known(found.position(), found.envelopeHash()));
    }

    private static <T> T find(LookUp<T> lookUp) {
        try {
            return lookUp.find();
        } catch (StoreException e) {
            throw new StoreFailedException(e);
        }
    }
}
