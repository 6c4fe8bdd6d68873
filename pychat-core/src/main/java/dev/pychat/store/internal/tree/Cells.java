package dev.pychat.store.internal.tree;

import dev.pychat.model.Bytes;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The trees of an engine in one transaction: keys and records as bytes, in the order of the keys, bytes counting from 0 to
 * 255. Confined to the transaction's thread. What an engine throws unchecked is a failure of the store.
 */
public interface Cells {

    /**
     * A key and what is kept under it.
     *
     * @param key the key
     * @param record the record with its checksum, unchecked
     */
    record Cell(Bytes key, Bytes record) {}

    /** What is done with the cells of a scan. */
    interface Visitor {

        /**
         * Looks at a cell.
         *
         * @param cell the cell
         * @return whether the scan goes on
         * @throws DamagedRecordException if it is not what was written
         */
        boolean visit(Cell cell) throws DamagedRecordException;
    }

    /**
     * Reads a record.
     *
     * @param tree where
     * @param key its key
     * @return the record; empty if there is none
     */
    Optional<Bytes> get(TreeName tree, Bytes key);

    /**
     * Keeps a record, in place of one that is there.
     *
     * @param tree where
     * @param key its key
     * @param record the record
     */
    void put(TreeName tree, Bytes key, Bytes record);

    /**
     * Removes a record, if it is there.
     *
     * @param tree where
     * @param key its key
     */
    void delete(TreeName tree, Bytes key);

    /**
     * Visits the cells from a key on, itself included, upwards.
     *
     * @param tree where
     * @param from the key, which need not be there
     * @param visitor who looks at them
     * @throws DamagedRecordException if the visitor says so
     */
    void upwards(TreeName tree, Bytes from, Visitor visitor) throws DamagedRecordException;

    /**
     * Visits the cells from a key on, itself included, downwards, with no more of each record than its beginning.
     *
     * @param tree where
     * @param from the key; if it is not there, the scan may visit nothing
     * @param most how many bytes of a record are wanted
     * @param visitor who looks at them, and says whether the scan goes on
     */
    void glanceDownwards(TreeName tree, Bytes from, int most, Predicate<Cell> visitor);

    /**
     * The last cell in front of a key.
     *
     * @param tree where
     * @param bound the key, itself left out
     * @return the cell; empty if there is none
     */
    Optional<Cell> below(TreeName tree, Bytes bound);

    /**
     * The last cell.
     *
     * @param tree where
     * @return the cell; empty if the tree is
     */
    Optional<Cell> last(TreeName tree);
}
