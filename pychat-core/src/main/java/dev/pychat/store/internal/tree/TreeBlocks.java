package dev.pychat.store.internal.tree;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import dev.pychat.store.BlockStore;
import dev.pychat.store.StoreException;
import java.util.Set;
import java.util.stream.Collectors;

/** Blocks over trees. */
final class TreeBlocks implements BlockStore {

    private final Database database;

    TreeBlocks(Database database) {
        this.database = database;
    }

    @Override
    public void block(Username owner, Username blocked) throws StoreException {
        database.change((trees) -> {
            if (!trees.blocks().has(key(owner, blocked))) {
                trees.blocks().put(key(owner, blocked), Bytes.EMPTY);
            }
        });
    }

    @Override
    public void unblock(Username owner, Username blocked) throws StoreException {
        database.change((trees) -> trees.blocks().delete(key(owner, blocked)));
    }

    @Override
    public Set<Username> blocked(Username owner) throws StoreException {
        Bytes prefix = Keys.owner(owner);
        return database.read((trees) -> Owned.all(trees.blocks(), prefix, Integer.MAX_VALUE).stream()
                .map(entry -> new Username(Keys.rest(entry.key(), prefix)))
                .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public boolean isBlocked(Username owner, Username peer) throws StoreException {
        return database.read((trees) -> trees.blocks().has(key(owner, peer)));
    }

    private static Bytes key(Username owner, Username blocked) {
        return Bytes.concat(Keys.owner(owner), Keys.name(blocked));
    }
}
