package dev.pychat.ref.server.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import dev.pychat.store.BlockStore;
import dev.pychat.store.StoreException;
import java.util.Set;
import java.util.stream.Collectors;

/** Blocks on Xodus. */
final class XodusBlocks implements BlockStore {

    private final Database database;

    XodusBlocks(Database database) {
        this.database = database;
    }

    @Override
    public void block(Username owner, Username blocked) throws StoreException {
        database.change((txn, trees) -> {
            if (!trees.blocks().has(txn, key(owner, blocked))) {
                trees.blocks().put(txn, key(owner, blocked), Bytes.EMPTY);
            }
        });
    }

    @Override
    public void unblock(Username owner, Username blocked) throws StoreException {
        database.change((txn, trees) -> trees.blocks().delete(txn, key(owner, blocked)));
    }

    @Override
    public Set<Username> blocked(Username owner) throws StoreException {
        Bytes prefix = Keys.owner(owner);
        return database.read((txn, trees) -> Owned.all(txn, trees.blocks(), prefix, Integer.MAX_VALUE).stream()
                .map(entry -> new Username(Keys.rest(entry.key(), prefix)))
                .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public boolean isBlocked(Username owner, Username peer) throws StoreException {
        return database.read((txn, trees) -> trees.blocks().has(txn, key(owner, peer)));
    }

    private static Bytes key(Username owner, Username blocked) {
        return Bytes.concat(Keys.owner(owner), Keys.name(blocked));
    }
}
