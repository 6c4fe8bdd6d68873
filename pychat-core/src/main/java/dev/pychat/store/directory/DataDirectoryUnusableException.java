package dev.pychat.store.directory;

/** The data directory cannot be made, read or written. */
public final class DataDirectoryUnusableException extends DataDirectoryException {

    private static final long serialVersionUID = 1L;

    public DataDirectoryUnusableException(String message) {
        super(message);
    }

    public DataDirectoryUnusableException(String message, Throwable cause) {
        super(message, cause);
    }
}
