package dev.pychat.store.internal.tree;

import dev.pychat.model.Bytes;
import dev.pychat.model.Username;
import java.util.ArrayList;
import java.util.List;

/** The records of a tree that belong to one account or to one device of it: those whose keys begin alike. */
final class Owned {

    private Owned() {}

    static List<Tree.Entry> all(Tree tree, Bytes prefix, int limit) throws DamagedRecordException {
        List<Tree.Entry> entries = new ArrayList<>();
        tree.upwards(prefix, entry -> {
            boolean owned = Keys.startsWith(entry.key(), prefix);
            if (owned) {
                entries.add(entry);
            }
            return owned && entries.size() < limit;
        });
        return entries;
    }

    static void deleteAll(Tree tree, Username name) throws DamagedRecordException {
        for (Tree.Entry entry : all(tree, Keys.owner(name), Integer.MAX_VALUE)) {
            tree.delete(entry.key());
        }
    }
}
