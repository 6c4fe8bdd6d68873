package dev.pychat.ref.client;

import dev.pychat.model.PychatException;
import dev.pychat.ref.client.home.HomeException;
import dev.pychat.store.StoreException;
import dev.pychat.transport.TrustRefusedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What a failure means for a person and for a script. Stateless; safe for every thread. */
final class Failures {
    private Failures() {}

    static ExitCode code(Throwable failure) {
        boolean ofTheDevice = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HomeException home) {
                return ExitCode.of(home.problem());
            }
            if (cause instanceof TrustRefusedException) {
                return ExitCode.TRUST_REFUSED;
            }
            if (cause instanceof IOException && !(failure instanceof PychatException && isOfTheNetwork(cause))) {
                return ExitCode.UNREADABLE;
            }
            ofTheDevice |= cause instanceof StoreException;
        }
        return ofTheDevice ? ExitCode.UNREADABLE : ExitCode.NOT_DONE;
    }

    private static boolean isOfTheNetwork(Throwable cause) {
        return !(cause instanceof FileSystemException || cause instanceof FileNotFoundException);
    }

    static String sentence(Throwable failure) {
        if (failure instanceof FileSystemException system) {
            return "cannot use " + system.getFile() + ": " + reason(system);
        }
        String message = failure.getMessage();
        return message == null ? "it failed (" + failure.getClass().getSimpleName() + "); the log says more" : message;
    }

    private static String reason(FileSystemException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (failure instanceof NotDirectoryException) {
            return "it is not a directory";
        }
        String reason = failure.getReason();
        return reason == null ? "it is in the way" : reason;
    }
}
