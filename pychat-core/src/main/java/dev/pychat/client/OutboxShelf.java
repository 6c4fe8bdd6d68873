package dev.pychat.client;

import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.EpochName;
import dev.pychat.model.MessageId;
import dev.pychat.model.Username;
import dev.pychat.store.OutboxEntry;
import dev.pychat.store.OutboxEpoch;
import dev.pychat.store.OutboxLane;
import dev.pychat.store.OutboxStep;
import dev.pychat.store.OutboxStore;
import dev.pychat.store.StoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One peer's part of the outbox, in memory and in the store alike: nothing is here that the store has not kept. Confined to
 * the chat's queue.
 */
final class OutboxShelf {

    private final OutboxStore store;
    private final DeviceRecords records;
    private final OutboxBudget budget;
    private final Username peer;
    private final TreeMap<Long, OutboxItem> items = new TreeMap<>();
    private final Map<EpochName, Bytes> headers = new HashMap<>();
    private final List<Long> dropped = new ArrayList<>();
    private Bytes head = Bytes.EMPTY;
    private long lastNumber;

    OutboxShelf(OutboxStore store, DeviceRecords records, OutboxBudget budget, Username peer) {
        this.store = store;
        this.records = records;
        this.budget = budget;
        this.peer = peer;
    }

    /** Takes up what a process before this one left. */
    void restore(OutboxLane lane) throws StoreException {
        List<OutboxItem> read = new ArrayList<>();
        for (OutboxEntry entry : lane.entries()) {
            Content content = records.draft(peer, entry.draft());
            read.add(new OutboxItem(entry, content, new SentReceipt(entry.id())));
        }
        head = lane.head();
        lane.epochs().forEach(epoch -> headers.put(epoch.name(), epoch.header()));
        for (OutboxItem item : read) {
            add(item);
            budget.restore(item.content().body().size());
        }
    }

    /** The head of the lane as it is stored. */
    Bytes head() {
        return head;
    }

    long nextNumber() {
        return lastNumber + 1;
    }

    Collection<OutboxItem> items() {
        return items.values();
    }

    /** The sealed items: they come before all drafts, because the oldest is sealed first. */
    List<OutboxItem> sealed() {
        return items.values().stream().takeWhile(OutboxItem::isSealed).toList();
    }

    boolean holds(OutboxItem item) {
        return items.get(item.number()) == item;
    }

    Optional<OutboxItem> sealedAs(MessageId id) {
        return sealed().stream().filter(item -> item.entry().id().equals(id)).findFirst();
    }

    /** The epoch's header; empty if no entry of the store names it. */
    Bytes header(EpochName epoch) {
        return headers.getOrDefault(epoch, Bytes.EMPTY);
    }

    /** Keeps new and changed items; what was dropped before goes in the same step, and is not put again by it. */
    void keep(Bytes newHead, List<OutboxEpoch> epochs, List<OutboxEntry> entries) throws StoreException {
        List<OutboxEntry> wanted = entries.stream()
                .filter(entry -> !dropped.contains(entry.number()))
                .toList();
        store.keep(new OutboxStep(peer, head, newHead, epochs, wanted, dropped));
        dropped.clear();
        head = newHead;
        epochs.forEach(epoch -> headers.put(epoch.name(), epoch.header()));
        headers.keySet().retainAll(named(entries));
    }

    /** The epochs that the store's entries name after a step with these; it has forgotten all others. */
    private Set<EpochName> named(List<OutboxEntry> changed) {
        Map<Long, OutboxEntry> entries = new HashMap<>();
        items.values().forEach(item -> entries.put(item.number(), item.entry()));
        changed.forEach(entry -> entries.put(entry.number(), entry));
        return entries.values().stream()
                .filter(OutboxEntry.Sealed.class::isInstance)
                .map(entry -> ((OutboxEntry.Sealed) entry).epoch())
                .collect(Collectors.toSet());
    }

    void add(OutboxItem item) {
        items.put(item.number(), item);
        item.receipt().keep();
        lastNumber = Math.max(lastNumber, item.number());
    }

    /** Takes an item out; the store forgets it with the next step, or with {@link #flush}. */
    void drop(OutboxItem item) {
        if (items.remove(item.number()) != null) {
            dropped.add(item.number());
            budget.give(item.content().body().size());
        }
    }

    /** Lets the store forget what was dropped. */
    void flush() throws StoreException {
        if (!dropped.isEmpty()) {
            keep(head, List.of(), List.of());
        }
    }
}
