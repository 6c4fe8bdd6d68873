package dev.pychat.ref.client.home;

import dev.pychat.store.OutcomeUnknownException;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoreRefusedException;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** Tells the library what a failure of a file means. Stateless; safe for every thread. */
final class Failure {
    private Failure() {}

    /** Of something that has changed nothing. */
    static StoreException of(IOException cause) {
        return new StoreRefusedException(sentence(cause), cause);
    }

    /** Of an append: nothing happened if what was written could be taken back. */
    static StoreException of(IOException cause, boolean takenBack) {
        return takenBack ? of(cause) : new OutcomeUnknownException(sentence(cause), cause);
    }

    private static String sentence(IOException cause) {
        if (cause instanceof FileSystemException system) {
            String reason = system.getReason();
            String kind = cause.getClass().getSimpleName().replace("Exception", "");
            return "cannot use " + system.getFile() + ": " + (reason == null ? kind : reason);
        }
        return String.valueOf(cause.getMessage());
    }
}
