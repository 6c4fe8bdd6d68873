package dev.pychat.ref.server.store;

import dev.pychat.model.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.env.Cursor;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.Transaction;

/**
 * One tree of the store, whose values carry a checksum over the tree's name, the key and the value. Immutable and
 * thread-safe; a transaction is its thread's own.
 */
final class Tree {

    private static final int SUM = 4;

    private final Store store;
    private final byte[] name;

    Tree(Store store) {
        this.store = store;
        this.name = store.getName().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    /** One entry, checked. */
    record Entry(Bytes key, Bytes value) {}

    /** What is done with the entries of a scan. */
    interface Visitor {
        /** Says whether the scan goes on. */
        boolean visit(Entry entry) throws DamagedRecordException;
    }

    Optional<Bytes> get(Transaction txn, Bytes key) throws DamagedRecordException {
        ByteIterable value = store.get(txn, iterable(key));
        return value == null ? Optional.empty() : Optional.of(checked(key, value));
    }

    boolean has(Transaction txn, Bytes key) throws DamagedRecordException {
        return get(txn, key).isPresent();
    }

    void put(Transaction txn, Bytes key, Bytes value) {
        byte[] record = new byte[value.size() + SUM];
        ByteBuffer buffer = ByteBuffer.wrap(record);
        value.copyTo(buffer);
        buffer.putInt(sum(key, record, value.size()));
        store.put(txn, iterable(key), new ArrayByteIterable(record));
    }

    void delete(Transaction txn, Bytes key) {
        store.delete(txn, iterable(key));
    }

    /** Visits the entries from a key on, upwards. */
    void upwards(Transaction txn, Bytes from, Visitor visitor) throws DamagedRecordException {
        try (Cursor cursor = store.openCursor(txn)) {
            boolean there = cursor.getSearchKeyRange(iterable(from)) != null;
            while (there && visitor.visit(entry(cursor))) {
                there = cursor.getNext();
            }
        }
    }

    /** What is done with the keys of a scan that reads no more of the values than it must. */
    interface Glance {
        /** Says whether the scan goes on. */
        boolean visit(Bytes key, ByteIterable record);
    }

    /**
     * Visits the entries from a key on, downwards, and reads of each value what the visitor takes of it. No checksum is looked at: what
     * is found is to be read again by {@link #get}.
     */
    void glanceDownwards(Transaction txn, Bytes from, Glance glance) {
        try (Cursor cursor = store.openCursor(txn)) {
            boolean there = cursor.getSearchKey(iterable(from)) != null;
            while (there && glance.visit(Bytes.adopt(array(cursor.getKey())), cursor.getValue())) {
                there = cursor.getPrev();
            }
        }
    }

    /** The last entry in front of a key, which is itself left out. */
    Optional<Entry> below(Transaction txn, Bytes bound) throws DamagedRecordException {
        try (Cursor cursor = store.openCursor(txn)) {
            boolean there = cursor.getSearchKeyRange(iterable(bound)) == null ? cursor.getLast() : cursor.getPrev();
            return there ? Optional.of(entry(cursor)) : Optional.empty();
        }
    }

    Optional<Entry> last(Transaction txn) throws DamagedRecordException {
        try (Cursor cursor = store.openCursor(txn)) {
            return cursor.getLast() ? Optional.of(entry(cursor)) : Optional.empty();
        }
    }

    private Entry entry(Cursor cursor) throws DamagedRecordException {
        Bytes key = Bytes.adopt(array(cursor.getKey()));
        return new Entry(key, checked(key, cursor.getValue()));
    }

    private Bytes checked(Bytes key, ByteIterable value) throws DamagedRecordException {
        byte[] record = array(value);
        int size = record.length - SUM;
        if (size < 0 || ByteBuffer.wrap(record).getInt(size) != sum(key, record, size)) {
            throw damaged(key);
        }
        return Bytes.adopt(record).slice(0, size);
    }

    /** A record that is not what was written, or is not there though another one promises it. */
    DamagedRecordException damaged(Bytes key) {
        return new DamagedRecordException("the record " + key.hex() + " of " + store.getName()
                + " is damaged or missing; the data directory has to be restored");
    }

    private int sum(Bytes key, byte[] record, int size) {
        CRC32C crc = new CRC32C();
        crc.update(name);
        crc.update(key.asByteBuffer());
        crc.update(record, 0, size);
        return (int) crc.getValue();
    }

    private static ArrayByteIterable iterable(Bytes bytes) {
        return new ArrayByteIterable(bytes.toArray());
    }

    private static byte[] array(ByteIterable iterable) {
        return Arrays.copyOf(iterable.getBytesUnsafe(), iterable.getLength());
    }
}
