package dev.pychat.store.internal.tree;

import dev.pychat.store.StoreException;
import java.util.function.Consumer;

/**
 * What keeps the trees in files. Reads come from many threads at once; writes and the end come from one thread, which nobody
 * interrupts, and no read is under way at the end.
 */
public interface Engine {

    /**
     * Reads in one transaction, on the caller's thread.
     *
     * @param work what is read
     * @param <T> what comes of it
     * @return what came of it
     * @throws StoreException if the work or the engine fails, or a record is damaged
     */
    <T> T read(Database.Work<T> work) throws StoreException;

    /**
     * Changes something in one transaction, and returns when that is durable.
     *
     * @param work what is changed; it may run again
     * @param <T> what comes of it
     * @return what came of it
     * @throws dev.pychat.store.StoreRefusedException if nothing happened
     * @throws dev.pychat.store.OutcomeUnknownException if it failed while it was made durable
     * @throws StoreException if the work throws it
     * @throws IllegalArgumentException if the work finds a mistake of its caller
     */
    <T> T write(Database.Work<T> work) throws StoreException;

    /**
     * Compares the files with their checksums, as far as opening did not and reading everything would not. Reads and writes go on
     * meanwhile.
     *
     * @param faults is told of each fault, in a sentence
     * @throws StoreException if a file can't be read
     */
    default void compareFiles(Consumer<String> faults) throws StoreException {}

    /**
     * Ends it; called once.
     *
     * @throws StoreException if it can't be ended cleanly
     */
    void close() throws StoreException;
}
