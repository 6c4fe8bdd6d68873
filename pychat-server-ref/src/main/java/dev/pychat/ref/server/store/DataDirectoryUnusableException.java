package dev.pychat.ref.server.store;

/** The data directory cannot be made, read or written. */
public final class DataDirectoryUnusableException extends DataDirectoryException {

    private static final long serialVersionUID = 1L;

    DataDirectoryUnusableException(String message) {
        super(message);
    }

    DataDirectoryUnusableException(String message, Throwable cause) {
        super(message, cause);
    }
}
