package dev.pychat.ref.client.home;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptEpoch;
import dev.pychat.store.TranscriptSpan;
import dev.pychat.store.TranscriptStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where in its log each part of a transcript is; the parts themselves stay on disk. Confined to the store's lock. */
final class TranscriptIndex {
    private record InEpoch(EpochName epoch, int n) {}

    /** The place of the record that holds each entry, first to last. */
    private final List<Long> places = new ArrayList<>();

    private final Map<MessageId, Position> byId = new HashMap<>();
    private final Map<InEpoch, Position> byNumber = new HashMap<>();
    private final Map<EpochName, Long> epochs = new LinkedHashMap<>();
    private Position from = Position.NONE;
    private Bytes state = Bytes.EMPTY;

    TranscriptSpan span() {
        return new TranscriptSpan(from, last(), state);
    }

    Optional<Position> find(MessageId id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<Position> find(EpochName epoch, int n) {
        return Optional.ofNullable(byNumber.get(new InEpoch(epoch, n)));
    }

    Optional<Long> epoch(EpochName name) {
        return Optional.ofNullable(epochs.get(name));
    }

    Set<EpochName> epochs() {
        return epochs.keySet();
    }

    boolean holds(Position position) {
        return !places.isEmpty() && !from.isAfter(position) && !position.isAfter(last());
    }

    /** The record that holds the entry at a position of the span. */
    long place(Position position) {
        return places.get((int) (position.value() - from.value()));
    }

    void requireFollows(List<TranscriptEntry> entries) throws StoreRefusedException {
        Position before = last();
        for (TranscriptEntry entry : entries) {
            boolean follows = before.isMessage()
                    ? entry.position().equals(before.next())
                    : entry.position().isMessage();
            if (!follows) {
                throw new StoreRefusedException("position " + entry.position()
                        + " does not follow the transcript's last, " + (before.isMessage() ? before : "and none is 0"));
            }
            before = entry.position();
        }
    }

    void add(TranscriptStep step, long at) {
        for (TranscriptEntry entry : step.entries()) {
            place(entry.position(), at);
            if (entry.n() >= 0) {
                byId.merge(entry.id(), entry.position(), TranscriptIndex::lower);
                byNumber.merge(new InEpoch(entry.epoch(), entry.n()), entry.position(), TranscriptIndex::lower);
            }
        }
        for (TranscriptEpoch epoch : step.epochs()) {
            epochs.put(epoch.name(), at);
        }
        state = step.state();
    }

    private void place(Position position, long at) {
        if (holds(position)) {
            places.set((int) (position.value() - from.value()), at);
            return;
        }
        if (places.isEmpty()) {
            from = position;
        }
        places.add(at);
    }

    private static Position lower(Position one, Position other) {
        return one.isAfter(other) ? other : one;
    }

    private Position last() {
        return places.isEmpty() ? Position.NONE : from.plus(places.size() - 1L);
    }
}
