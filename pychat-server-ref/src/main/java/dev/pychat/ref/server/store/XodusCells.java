package dev.pychat.ref.server.store;

import dev.pychat.model.Bytes;
import dev.pychat.store.internal.tree.Cells;
import dev.pychat.store.internal.tree.DamagedRecordException;
import dev.pychat.store.internal.tree.TreeName;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.env.Cursor;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.Transaction;
import org.jspecify.annotations.Nullable;

/** The trees in a transaction of Xodus. */
final class XodusCells implements Cells {

    private final Map<TreeName, Store> stores;
    private final Transaction txn;

    XodusCells(Map<TreeName, Store> stores, Transaction txn) {
        this.stores = stores;
        this.txn = txn;
    }

    private Store store(TreeName tree) {
        Store store = stores.get(tree);
        if (store == null) {
            throw new IllegalStateException(tree + " was opened with the others");
        }
        return store;
    }

    @Override
    public Optional<Bytes> get(TreeName tree, Bytes key) {
        @Nullable ByteIterable record = store(tree).get(txn, iterable(key));
        return record == null ? Optional.empty() : Optional.of(bytes(record));
    }

    @Override
    public void put(TreeName tree, Bytes key, Bytes record) {
        store(tree).put(txn, iterable(key), iterable(record));
    }

    @Override
    public void delete(TreeName tree, Bytes key) {
        store(tree).delete(txn, iterable(key));
    }

    @Override
    public void upwards(TreeName tree, Bytes from, Visitor visitor) throws DamagedRecordException {
        try (Cursor cursor = store(tree).openCursor(txn)) {
            boolean there = cursor.getSearchKeyRange(iterable(from)) != null;
            while (there && visitor.visit(cell(cursor))) {
                there = cursor.getNext();
            }
        }
    }

    @Override
    public void glanceDownwards(TreeName tree, Bytes from, int most, Predicate<Cell> visitor) {
        try (Cursor cursor = store(tree).openCursor(txn)) {
            boolean there = cursor.getSearchKey(iterable(from)) != null;
            while (there && visitor.test(new Cell(bytes(cursor.getKey()), beginning(cursor.getValue(), most)))) {
                there = cursor.getPrev();
            }
        }
    }

    /** Reads no more of a record than that. */
    private static Bytes beginning(ByteIterable record, int most) {
        byte[] beginning = new byte[Math.min(most, record.getLength())];
        var bytes = record.iterator();
        for (int i = 0; i < beginning.length; i++) {
            beginning[i] = bytes.next();
        }
        return Bytes.adopt(beginning);
    }

    @Override
    public Optional<Cell> below(TreeName tree, Bytes bound) {
        try (Cursor cursor = store(tree).openCursor(txn)) {
            boolean there = cursor.getSearchKeyRange(iterable(bound)) == null ? cursor.getLast() : cursor.getPrev();
            return there ? Optional.of(cell(cursor)) : Optional.empty();
        }
    }

    @Override
    public Optional<Cell> last(TreeName tree) {
        try (Cursor cursor = store(tree).openCursor(txn)) {
            return cursor.getLast() ? Optional.of(cell(cursor)) : Optional.empty();
        }
    }

    private static Cell cell(Cursor cursor) {
        return new Cell(bytes(cursor.getKey()), bytes(cursor.getValue()));
    }

    private static ArrayByteIterable iterable(Bytes bytes) {
        return new ArrayByteIterable(bytes.toArray());
    }

    private static Bytes bytes(ByteIterable iterable) {
        return Bytes.adopt(Arrays.copyOf(iterable.getBytesUnsafe(), iterable.getLength()));
    }
}
