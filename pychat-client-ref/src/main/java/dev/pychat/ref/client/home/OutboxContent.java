package dev.pychat.ref.client.home;

import dev.pychat.model.Bytes;
import dev.pychat.model.EpochName;
import dev.pychat.model.Username;
import dev.pychat.store.OutboxEntry;
import dev.pychat.store.OutboxEpoch;
import dev.pychat.store.OutboxLane;
import dev.pychat.store.OutboxStep;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What all steps of an outbox amount to. It is bounded, so it is held in memory. Confined to the store's lock. */
final class OutboxContent {
    private static final class Lane {
        private Bytes head = Bytes.EMPTY;
        private final Map<EpochName, OutboxEpoch> epochs = new LinkedHashMap<>();
        private final TreeMap<Long, OutboxEntry> entries = new TreeMap<>();
    }

    private final Map<Username, Lane> lanes = new TreeMap<>();

    /** The head of a peer's lane; empty if there is none. */
    Bytes head(Username peer) {
        Lane lane = lanes.get(peer);
        return lane == null ? Bytes.EMPTY : lane.head;
    }

    void apply(OutboxStep step) {
        Lane lane = lanes.computeIfAbsent(step.peer(), absent -> new Lane());
        lane.head = step.head();
        step.dropped().forEach(lane.entries::remove);
        step.entries().forEach(entry -> lane.entries.put(entry.number(), entry));
        step.epochs().forEach(epoch -> lane.epochs.put(epoch.name(), epoch));
        Set<EpochName> named = new HashSet<>();
        for (OutboxEntry entry : lane.entries.values()) {
            if (entry instanceof OutboxEntry.Sealed sealed) {
                named.add(sealed.epoch());
            }
        }
        lane.epochs.keySet().retainAll(named);
    }

    List<OutboxLane> lanes() {
        return lanes.entrySet().stream()
                .map(named -> new OutboxLane(
                        named.getKey(),
                        named.getValue().head,
                        List.copyOf(named.getValue().epochs.values()),
                        List.copyOf(named.getValue().entries.values())))
                .toList();
    }

    /** Steps that amount to the same, each small: the lane's head, then one for each entry, with its epoch's header. */
    void steps(Consumer<OutboxStep> each) {
        lanes.forEach((peer, lane) -> {
            each.accept(OutboxStep.dropping(peer, lane.head, List.of()));
            for (OutboxEntry entry : lane.entries.values()) {
                List<OutboxEpoch> epochs = entry instanceof OutboxEntry.Sealed sealed
                        ? lane.epochs.values().stream()
                                .filter(epoch -> epoch.name().equals(sealed.epoch()))
                                .toList()
                        : List.of();
                each.accept(new OutboxStep(peer, lane.head, lane.head, epochs, List.of(entry), List.of()));
            }
        });
    }
}
