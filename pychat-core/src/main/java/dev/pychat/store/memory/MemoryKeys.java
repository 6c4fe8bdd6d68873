package dev.pychat.store.memory;

import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.DeviceId;
import dev.pychat.model.EpochName;
import dev.pychat.model.Username;
import dev.pychat.store.KeyDirectory;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoredBundle;
import dev.pychat.store.internal.KeyRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Public keys in memory. */
final class MemoryKeys implements KeyDirectory {

    private final Guard guard;
    private final Map<Username, TreeMap<Long, StoredBundle>> bundles = new HashMap<>();
    private final Map<ConversationId, Map<EpochName, Bytes>> epochs = new HashMap<>();
    private final Map<Username, Map<DeviceId, OneTimePool>> pools = new HashMap<>();

    MemoryKeys(Guard guard) {
        this.guard = guard;
    }

    @Override
    public StoredBundle putBundle(Username account, long previousSerial, StoredBundle bundle) throws StoreException {
        return guard.call(() -> {
            TreeMap<Long, StoredBundle> own = bundles.getOrDefault(account, new TreeMap<>());
            Optional<StoredBundle> latest = Optional.ofNullable(own.lastEntry()).map(Map.Entry::getValue);
            Optional<StoredBundle> same = Optional.ofNullable(own.get(bundle.serial()));
            Optional<StoredBundle> answer = KeyRules.answer(account, previousSerial, bundle, latest, same);
            if (answer.isEmpty()) {
                own.put(bundle.serial(), bundle);
                bundles.put(account, own);
            }
            return answer.orElse(bundle);
        });
    }

    @Override
    public Optional<StoredBundle> latestBundle(Username account) throws StoreException {
        return guard.call(() -> Optional.ofNullable(bundles.get(account))
                .map(own -> own.lastEntry().getValue()));
    }

    @Override
    public Optional<StoredBundle> bundle(Username account, long serial) throws StoreException {
        return guard.call(() -> Optional.ofNullable(
                bundles.getOrDefault(account, new TreeMap<>()).get(serial)));
    }

    @Override
    public void putEpoch(ConversationId conversation, EpochName name, Bytes header) throws StoreException {
        guard.change(() ->
                epochs.computeIfAbsent(conversation, id -> new HashMap<>()).putIfAbsent(name, header));
    }

    @Override
    public Map<EpochName, Bytes> epochs(ConversationId conversation, Set<EpochName> names) throws StoreException {
        KeyRules.checkEpochs(names);
        return guard.call(() -> {
            Map<EpochName, Bytes> found = new HashMap<>(epochs.getOrDefault(conversation, Map.of()));
            found.keySet().retainAll(names);
            return Map.copyOf(found);
        });
    }

    @Override
    public boolean addOneTimeKeys(Username account, DeviceId device, long firstNumber, List<Bytes> keys, int most)
            throws StoreException {
        KeyRules.checkFirstNumber(firstNumber);
        List<Bytes> copy = List.copyOf(keys);
        return guard.call(() -> pools.computeIfAbsent(account, name -> new HashMap<>())
                .computeIfAbsent(device, id -> new OneTimePool())
                .add(firstNumber, copy, most));
    }

    @Override
    public Optional<Bytes> takeOneTimeKey(Username account, DeviceId device) throws StoreException {
        return guard.call(() -> pool(account, device).flatMap(OneTimePool::take));
    }

    @Override
    public int oneTimeKeys(Username account, DeviceId device) throws StoreException {
        return guard.call(() -> pool(account, device).map(OneTimePool::size).orElse(0));
    }

    /** Under the guard. */
    void forget(Username account) {
        bundles.remove(account);
        pools.remove(account);
    }

    private Optional<OneTimePool> pool(Username account, DeviceId device) {
        return Optional.ofNullable(pools.getOrDefault(account, Map.of()).get(device));
    }
}
