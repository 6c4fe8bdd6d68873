package dev.pychat.testkit.store;

import dev.pychat.model.Bytes;
import dev.pychat.store.ClientStores;

/**
 * How the contracts of a client's stores open the stores that they try.
 *
 * <p>Used by one test at a time.
 */
public interface ClientStoresUnderTest {

    /**
     * Opens stores in a place where nothing was ever kept.
     *
     * @return the stores
     * @throws Exception if that fails, and so the test
     */
    ClientStores open() throws Exception;

    /**
     * Closes stores and opens them again over the same content.
     *
     * @param stores what {@link #open()} or this gave
     * @return the stores opened anew
     * @throws Exception if that fails, and so the test
     */
    ClientStores reopen(ClientStores stores) throws Exception;

    /**
     * Opens the content of stores again as after a crash at this moment: nothing of the object that used it may run any
     * more, {@link ClientStores#close()} neither.
     *
     * @param stores what {@link #open()} gave
     * @return the stores opened anew
     * @throws Exception if that fails, and so the test
     */
    ClientStores crash(ClientStores stores) throws Exception;

    /**
     * Whether bytes stand anywhere in what is kept: in any file, for stores that keep files, those of their own making and those left
     * of something that was cut included. Stores that keep none say no.
     *
     * @param stores what {@link #open()} gave
     * @param content what is looked for
     * @return whether they were found
     * @throws Exception if what is kept can't be looked at, and so the test fails
     */
    boolean holds(ClientStores stores, Bytes content) throws Exception;
}
