package dev.pychat.store.directory;

/** The data directory has a format that this version does not know. */
public final class DataDirectoryFormatException extends DataDirectoryException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes it.
     *
     * @param message which directory, and what about it, as a sentence
     */
    public DataDirectoryFormatException(String message) {
        super(message);
    }

    /**
     * Makes it with its cause.
     *
     * @param message which directory, and what about it, as a sentence
     * @param cause what caused it
     */
    public DataDirectoryFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
