package dev.pychat.store.memory;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.store.StoreRefusedException;
import dev.pychat.store.TranscriptEntry;
import dev.pychat.store.TranscriptForgetting;
import dev.pychat.store.TranscriptSpan;
import dev.pychat.store.TranscriptStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One conversation of the in-memory transcript. Confined to the store's lock. */
final class MemoryTranscript {

    private record Place(EpochName epoch, int n) {}

    private final List<TranscriptEntry> entries = new ArrayList<>();
    private final Map<MessageId, TranscriptEntry> byId = new HashMap<>();
    private final Map<Place, TranscriptEntry> byPlace = new HashMap<>();
    private final Map<EpochName, Bytes> epochs = new HashMap<>();
    private Bytes state = Bytes.EMPTY;

    MemoryTranscript copy() {
        MemoryTranscript copy = new MemoryTranscript();
        copy.entries.addAll(entries);
        copy.byId.putAll(byId);
        copy.byPlace.putAll(byPlace);
        copy.epochs.putAll(epochs);
        copy.state = state;
        return copy;
    }

    TranscriptSpan span() {
        return entries.isEmpty()
                ? new TranscriptSpan(Position.NONE, Position.NONE, state)
                : new TranscriptSpan(entries.get(0).position(), last(), state);
    }

    List<TranscriptEntry> page(Position before, int limit) {
        if (entries.isEmpty()) {
            return List.of();
        }
        long beyond = before.value() - entries.get(0).position().value();
        int to = (int) Math.max(0, Math.min(beyond, entries.size()));
        return List.copyOf(entries.subList(Math.max(0, to - limit), to));
    }

    Optional<TranscriptEntry> find(MessageId id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<TranscriptEntry> find(EpochName epoch, int n) {
        return Optional.ofNullable(byPlace.get(new Place(epoch, n)));
    }

    Optional<Bytes> epoch(EpochName epoch) {
        return Optional.ofNullable(epochs.get(epoch));
    }

    void append(TranscriptStep step) throws StoreRefusedException {
        requireConsecutive(step.entries());
        for (TranscriptEntry entry : step.entries()) {
            entries.add(entry);
            index(entry);
        }
        finish(step);
    }

    void replace(TranscriptStep step) throws StoreRefusedException {
        for (TranscriptEntry entry : step.entries()) {
            requireReplaceable(entry);
        }
        for (TranscriptEntry entry : step.entries()) {
            entries.set(index(entry.position()), entry);
            index(entry);
        }
        finish(step);
    }

    List<EpochName> epochs() {
        return List.copyOf(epochs.keySet());
    }

    void forget(TranscriptForgetting step) throws StoreRefusedException {
        for (Position position : step.entries().keySet()) {
            if (!holds(position)) {
                throw new StoreRefusedException("position " + position + " holds no entry that could be forgotten");
            }
        }
        step.entries().forEach((position, other) -> {
            TranscriptEntry before = entries.get(index(position));
            TranscriptEntry after = before.withSealed(other);
            entries.set(index(position), after);
            byId.replace(before.id(), before, after);
            byPlace.replace(new Place(before.epoch(), before.n()), before, after);
        });
        step.epochs().forEach(epochs::remove);
    }

    private void index(TranscriptEntry entry) {
        if (entry.n() >= 0) {
            byId.merge(entry.id(), entry, MemoryTranscript::lower);
            byPlace.merge(new Place(entry.epoch(), entry.n()), entry, MemoryTranscript::lower);
        }
    }

    private static TranscriptEntry lower(TranscriptEntry one, TranscriptEntry other) {
        return one.position().isAfter(other.position()) ? other : one;
    }

    private int index(Position position) {
        return (int) (position.value() - entries.get(0).position().value());
    }

    private void finish(TranscriptStep step) {
        step.epochs().forEach(epoch -> epochs.put(epoch.name(), epoch.sealed()));
        state = step.state();
    }

    private void requireConsecutive(List<TranscriptEntry> added) throws StoreRefusedException {
        Position before = entries.isEmpty() ? null : last();
        for (TranscriptEntry entry : added) {
            boolean follows = before == null
                    ? entry.position().isMessage()
                    : entry.position().equals(before.next());
            if (!follows) {
                throw new StoreRefusedException(
                        "position " + entry.position() + " does not follow the transcript's last, "
                                + (before == null ? "and none is below 1" : before));
            }
            before = entry.position();
        }
    }

    private void requireReplaceable(TranscriptEntry entry) throws StoreRefusedException {
        if (!holds(entry.position()) || !entry.mayReplace(entries.get(index(entry.position())))) {
            throw new StoreRefusedException(
                    "position " + entry.position() + " holds no unopened entry of the same message");
        }
    }

    private boolean holds(Position position) {
        return !entries.isEmpty() && !entries.get(0).position().isAfter(position) && !position.isAfter(last());
    }

    private Position last() {
        return entries.get(entries.size() - 1).position();
    }
}
