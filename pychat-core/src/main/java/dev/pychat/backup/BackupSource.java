package dev.pychat.backup;

import java.io.IOException;
import java.io.InputStream;

/** Where a backup comes from: it is read twice, first to see whether all of it is sound. */
@FunctionalInterface
public interface BackupSource {

    /**
     * Opens it at its beginning.
     *
     * @return a stream of its bytes; best a buffered one
     * @throws IOException if it can't be opened
     */
    InputStream open() throws IOException;
}
