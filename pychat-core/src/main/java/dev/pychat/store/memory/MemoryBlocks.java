package dev.pychat.store.memory;

import dev.pychat.model.Username;
import dev.pychat.store.BlockStore;
import dev.pychat.store.StoreException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Blocks in memory. */
final class MemoryBlocks implements BlockStore {

    private final Guard guard;
    private final Map<Username, Set<Username>> blocks = new HashMap<>();

    MemoryBlocks(Guard guard) {
        this.guard = guard;
    }

    @Override
    public void block(Username owner, Username blocked) throws StoreException {
        guard.change(
                () -> blocks.computeIfAbsent(owner, name -> new TreeSet<>()).add(blocked));
    }

    @Override
    public void unblock(Username owner, Username blocked) throws StoreException {
        guard.change(() -> blocks.getOrDefault(owner, new TreeSet<>()).remove(blocked));
    }

    @Override
    public Set<Username> blocked(Username owner) throws StoreException {
        return guard.call(() -> Set.copyOf(blocks.getOrDefault(owner, Set.of())));
    }

    @Override
    public boolean isBlocked(Username owner, Username peer) throws StoreException {
        return guard.call(() -> blocks.getOrDefault(owner, Set.of()).contains(peer));
    }

    /** Under the guard. */
    void forget(Username owner) {
        blocks.remove(owner);
    }
}
