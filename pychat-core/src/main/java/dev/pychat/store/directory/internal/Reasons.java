package dev.pychat.store.directory.internal;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Says in a few words why something failed.
 *
 * <p>Stateless; safe for every thread.
 */
public final class Reasons {

    private Reasons() {}

    /**
     * The words for a failure, which are those for what is at the bottom of it.
     *
     * @param failure the failure
     * @return a phrase for people, with the file's path if it is about one
     */
    public static String of(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        if (deepest instanceof FileSystemException file) {
            return file.getFile() + ": " + reason(file);
        }
        String message = deepest.getMessage();
        return message == null ? deepest.getClass().getSimpleName() : message;
    }

    private static String reason(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file or directory";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NotDirectoryException) {
            return "not a directory";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "something else is there already";
        }
        String reason = failure.getReason();
        return reason == null ? failure.getClass().getSimpleName() : reason;
    }

    /**
     * Whether something is what went wrong, or behind it.
     *
     * @param failure what went wrong
     * @param kind what is looked for
     * @return true if it is one, or one of its causes is
     */
    public static boolean isCausedBy(Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
