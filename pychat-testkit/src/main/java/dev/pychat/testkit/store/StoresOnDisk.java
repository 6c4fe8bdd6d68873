package dev.pychat.testkit.store;

import dev.pychat.store.ServerStores;
import java.nio.file.Path;

/**
 * How the contracts open stores that outlive the process. An implementation is a public class with a public constructor
 * without parameters, since a separate process makes one too.
 *
 * <p>Used by one test at a time.
 */
public interface StoresOnDisk {

    /**
     * Opens the stores of a directory, and makes them if it is empty or not there.
     *
     * @param directory where they are kept
     * @return the stores, which the contract closes
     * @throws Exception if they cannot be opened, because they are damaged for example
     */
    ServerStores open(Path directory) throws Exception;

    /**
     * Whether each byte of a file counts, so that damage anywhere in it, or its loss, must be reported and may never turn out to be
     * harmless. The files that hold messages should be such.
     *
     * @param file the file, relative to the directory
     * @return true if so; unless told otherwise, damage may be harmless
     */
    default boolean isGuarded(Path file) {
        return false;
    }
}
