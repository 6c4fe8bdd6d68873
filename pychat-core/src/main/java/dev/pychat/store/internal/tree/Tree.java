package dev.pychat.store.internal.tree;

import dev.pychat.model.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.CRC32C;

/**
 * One tree in a transaction, whose records are values with a checksum over the tree's name, the key and the value. Confined to
 * the transaction's thread.
 */
public final class Tree {

    private static final int SUM = 4;

    private final Cells cells;
    private final TreeName name;

    Tree(Cells cells, TreeName name) {
        this.cells = cells;
        this.name = name;
    }

    /**
     * One entry, checked.
     *
     * @param key its key
     * @param value its value, without the checksum
     */
    public record Entry(Bytes key, Bytes value) {}

    /** What is done with the entries of a scan. */
    interface Visitor {
        /** Says whether the scan goes on. */
        boolean visit(Entry entry) throws DamagedRecordException;
    }

    /**
     * Reads a value.
     *
     * @param key its key
     * @return the value; empty if there is none
     * @throws DamagedRecordException if it is not what was written
     */
    public Optional<Bytes> get(Bytes key) throws DamagedRecordException {
        Optional<Bytes> record = cells.get(name, key);
        return record.isEmpty() ? Optional.empty() : Optional.of(checked(key, record.get()));
    }

    /**
     * Whether there is a value.
     *
     * @param key its key
     * @return true if so
     * @throws DamagedRecordException if it is not what was written
     */
    public boolean has(Bytes key) throws DamagedRecordException {
        return get(key).isPresent();
    }

    /**
     * Keeps a value, in place of one that is there.
     *
     * @param key its key
     * @param value the value
     */
    public void put(Bytes key, Bytes value) {
        ByteBuffer record = ByteBuffer.allocate(value.size() + SUM);
        value.copyTo(record);
        record.putInt(sum(key, value));
        cells.put(name, key, Bytes.adopt(record.array()));
    }

    /**
     * Removes a value, if it is there.
     *
     * @param key its key
     */
    public void delete(Bytes key) {
        cells.delete(name, key);
    }

    /** Visits the entries from a key on, upwards. */
    void upwards(Bytes from, Visitor visitor) throws DamagedRecordException {
        cells.upwards(name, from, cell -> visitor.visit(entry(cell)));
    }

    /**
     * Visits the entries from a key on, downwards, with the beginning of each value. No checksum is looked at: what is found is
     * to be read again by {@link #get}.
     */
    void glanceDownwards(Bytes from, int most, Predicate<Cells.Cell> glance) {
        cells.glanceDownwards(name, from, most, glance);
    }

    /** The last entry in front of a key, which is itself left out. */
    Optional<Entry> below(Bytes bound) throws DamagedRecordException {
        return checked(cells.below(name, bound));
    }

    Optional<Entry> last() throws DamagedRecordException {
        return checked(cells.last(name));
    }

    private Optional<Entry> checked(Optional<Cells.Cell> cell) throws DamagedRecordException {
        return cell.isEmpty() ? Optional.empty() : Optional.of(entry(cell.get()));
    }

    /** What a cell of this tree holds. */
    Entry entry(Cells.Cell cell) throws DamagedRecordException {
        return new Entry(cell.key(), checked(cell.key(), cell.record()));
    }

    private Bytes checked(Bytes key, Bytes record) throws DamagedRecordException {
        int size = record.size() - SUM;
        if (size < 0) {
            throw damaged(key);
        }
        Bytes value = record.slice(0, size);
        if (record.slice(size, SUM).asByteBuffer().getInt() != sum(key, value)) {
            throw damaged(key);
        }
        return value;
    }

    /** A record that is not what was written, or is not there though another one promises it. */
    DamagedRecordException damaged(Bytes key) {
        return new DamagedRecordException("the record " + key.hex() + " of " + name.text()
                + " is damaged or missing; the data directory has to be restored");
    }

    private int sum(Bytes key, Bytes value) {
        CRC32C crc = new CRC32C();
        crc.update(name.text().getBytes(StandardCharsets.US_ASCII));
        crc.update(key.asByteBuffer());
        crc.update(value.asByteBuffer());
        return (int) crc.getValue();
    }
}
