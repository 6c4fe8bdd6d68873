package dev.pychat.ref.server.store;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** Says in a few words why something failed. */
final class Reasons {

    private Reasons() {}

    static String of(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        if (deepest instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        if (deepest instanceof FileSystemException refused && refused.getReason() == null) {
            return deepest.getClass().getSimpleName().replace("Exception", "") + " " + refused.getFile();
        }
        String message = deepest.getMessage();
        return message == null ? deepest.getClass().getSimpleName() : message;
    }
}
