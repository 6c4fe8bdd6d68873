package dev.pychat.store.memory;

import dev.pychat.store.ClientStores;
import dev.pychat.store.KeyringStore;
import dev.pychat.store.LocalAccount;
import dev.pychat.store.OutboxStore;
import dev.pychat.store.PinStore;
import dev.pychat.store.TranscriptStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A device in memory: it forgets everything with the process. For tests, and for programs that need no history.
 *
 * <p>Thread-safe. Closing it does nothing, so that a client started afterwards over the same object finds what the one
 * before left.
 */
public final class MemoryClientStores implements ClientStores {

    private final MemoryKeyringStore keyrings;
    private final Map<LocalAccount, MemoryPinStore> pins = new ConcurrentHashMap<>();
    private final Map<LocalAccount, MemoryOutboxStore> outboxes = new ConcurrentHashMap<>();
    private final Map<LocalAccount, MemoryTranscriptStore> transcripts = new ConcurrentHashMap<>();
    private final Map<LocalAccount, Map<LocalAccount, MemoryTranscriptStore>> archives = new ConcurrentHashMap<>();

    /** Makes a device that holds nothing. */
    public MemoryClientStores() {
        this(new MemoryKeyringStore());
    }

    private MemoryClientStores(MemoryKeyringStore keyrings) {
        this.keyrings = keyrings;
    }

    /**
     * Copies what is held now, as a copy of a disk would: whoever goes on with one of the two does not touch the other. Each
     * account's stores are copied one after the other, the outbox first.
     *
     * @return the copy
     */
    public MemoryClientStores copy() {
        MemoryClientStores copy = new MemoryClientStores(keyrings.copy());
        outboxes.forEach((account, store) -> copy.outboxes.put(account, store.copy()));
        transcripts.forEach((account, store) -> copy.transcripts.put(account, store.copy()));
        pins.forEach((account, store) -> copy.pins.put(account, store.copy()));
        archives.forEach((account, all) ->
                all.forEach((from, store) -> copy.archives(account).put(from, store.copy())));
        return copy;
    }

    @Override
    public KeyringStore keyrings() {
        return keyrings;
    }

    @Override
    public PinStore pins(LocalAccount account) {
        return pins.computeIfAbsent(account, absent -> new MemoryPinStore());
    }

    @Override
    public OutboxStore outbox(LocalAccount account) {
        return outboxes.computeIfAbsent(account, absent -> new MemoryOutboxStore());
    }

    @Override
    public TranscriptStore transcripts(LocalAccount account) {
        return transcripts.computeIfAbsent(account, absent -> new MemoryTranscriptStore());
    }

    @Override
    public List<LocalAccount> archived(LocalAccount account) {
        return archives(account).entrySet().stream()
                .filter(each -> !each.getValue().peers().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public TranscriptStore archive(LocalAccount account, LocalAccount from) {
        return archives(account).computeIfAbsent(from, absent -> new MemoryTranscriptStore());
    }

    private Map<LocalAccount, MemoryTranscriptStore> archives(LocalAccount account) {
        return archives.computeIfAbsent(account, absent -> new ConcurrentHashMap<>());
    }

    @Override
    public void close() {}
}
