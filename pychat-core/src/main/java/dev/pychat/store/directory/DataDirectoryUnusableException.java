package dev.pychat.store.directory;

/** The data directory cannot be made, read or written. */
public final class DataDirectoryUnusableException extends DataDirectoryException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes it.
     *
     * @param message which directory, and what about it, as a sentence
     */
    public DataDirectoryUnusableException(String message) {
        super(message);
    }

    /**
     * Makes it with its cause.
     *
     * @param message which directory, and what about it, as a sentence
     * @param cause what caused it
     */
    public DataDirectoryUnusableException(String message, Throwable cause) {
        super(message, cause);
    }
}
