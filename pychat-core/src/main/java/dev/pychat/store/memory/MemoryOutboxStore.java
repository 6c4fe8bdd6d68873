package dev.pychat.store.memory;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.Username;
import dev.pychat.store.OutboxEntry;
import dev.pychat.store.OutboxEpoch;
import dev.pychat.store.OutboxLane;
import dev.pychat.store.OutboxStep;
import dev.pychat.store.OutboxStore;
import dev.pychat.store.StoreRefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

final class MemoryOutboxStore implements OutboxStore {

    private static final class Lane {
        private Bytes head = Bytes.EMPTY;
        private final Map<EpochName, OutboxEpoch> epochs = new LinkedHashMap<>();
        private final TreeMap<Long, OutboxEntry> entries = new TreeMap<>();

        Lane copy() {
            Lane copy = new Lane();
            copy.head = head;
            copy.epochs.putAll(epochs);
            copy.entries.putAll(entries);
            return copy;
        }

        void apply(OutboxStep step) {
            head = step.head();
            step.dropped().forEach(entries::remove);
            step.entries().forEach(entry -> entries.put(entry.number(), entry));
            step.epochs().forEach(epoch -> epochs.put(epoch.name(), epoch));
            Set<EpochName> named = entries.values().stream()
                    .filter(OutboxEntry.Sealed.class::isInstance)
                    .map(entry -> ((OutboxEntry.Sealed) entry).epoch())
                    .collect(Collectors.toSet());
            epochs.keySet().retainAll(named);
        }
    }

    private final Map<Username, Lane> lanes = new TreeMap<>();

    synchronized MemoryOutboxStore copy() {
        MemoryOutboxStore copy = new MemoryOutboxStore();
        lanes.forEach((peer, lane) -> copy.lanes.put(peer, lane.copy()));
        return copy;
    }

    @Override
    public synchronized List<OutboxLane> load() {
        List<OutboxLane> loaded = new ArrayList<>();
        lanes.forEach((peer, lane) -> loaded.add(new OutboxLane(
                peer, lane.head, List.copyOf(lane.epochs.values()), List.copyOf(lane.entries.values()))));
        return List.copyOf(loaded);
    }

    @Override
    public synchronized void keep(OutboxStep step) throws StoreRefusedException {
        Lane present = lanes.get(step.peer());
        Bytes head = present == null ? Bytes.EMPTY : present.head;
        if (!head.equals(step.headBefore()) && !head.equals(step.head())) {
            throw new StoreRefusedException("the lane to " + step.peer()
                    + " has another head than the one this step follows: the outbox is used by two clients");
        }
        lanes.computeIfAbsent(step.peer(), absent -> new Lane()).apply(step);
    }

    /** Nothing is left of what is dropped. */
    @Override
    public void eraseDropped() {}
}
