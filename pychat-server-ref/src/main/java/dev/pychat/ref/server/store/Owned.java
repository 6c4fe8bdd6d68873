package dev.pychat.ref.server.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import java.util.ArrayList;
import java.util.List;
import jetbrains.exodus.env.Transaction;

/** The records of a tree that belong to one account or to one device of it: those whose keys begin alike. */
final class Owned {

    private Owned() {}

    static List<Tree.Entry> all(Transaction txn, Tree tree, Bytes prefix, int limit) throws DamagedRecordException {
        List<Tree.Entry> entries = new ArrayList<>();
        tree.upwards(txn, prefix, entry -> {
            boolean owned = Keys.startsWith(entry.key(), prefix);
            if (owned) {
                entries.add(entry);
            }
            return owned && entries.size() < limit;
        });
        return entries;
    }

    static void deleteAll(Transaction txn, Tree tree, Username name) throws DamagedRecordException {
        for (Tree.Entry entry : all(txn, tree, Keys.owner(name), Integer.MAX_VALUE)) {
            tree.delete(txn, entry.key());
        }
    }
}
