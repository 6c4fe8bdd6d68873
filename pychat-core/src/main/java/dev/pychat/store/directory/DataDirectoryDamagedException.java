package dev.pychat.store.directory;

/** What the data directory holds is not what was written: something is lost or altered. */
public final class DataDirectoryDamagedException extends DataDirectoryException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes it.
     *
     * @param message which directory, and what about it, as a sentence
     */
    public DataDirectoryDamagedException(String message) {
        super(message);
    }

    /**
     * Makes it with its cause.
     *
     * @param message which directory, and what about it, as a sentence
     * @param cause what caused it
     */
    public DataDirectoryDamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
