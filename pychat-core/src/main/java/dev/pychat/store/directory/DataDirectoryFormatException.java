package dev.pychat.store.directory;

/** The data directory has a format that this version does not know. */
public final class DataDirectoryFormatException extends DataDirectoryException {

    private static final long serialVersionUID = 1L;

    public DataDirectoryFormatException(String message) {
        super(message);
    }

    public DataDirectoryFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
