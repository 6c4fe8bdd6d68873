package dev.pychat.ref.server.store;

/** The data directory has a format that this version does not know. */
public final class DataDirectoryFormatException extends DataDirectoryException {

    private static final long serialVersionUID = 1L;

    DataDirectoryFormatException(String message) {
        super(message);
    }

    DataDirectoryFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
