package dev.pychat.store.directory;

/** Another server, or another part of this program, is using the data directory. */
public final class DataDirectoryBusyException extends DataDirectoryException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes it.
     *
     * @param message which directory, and what about it, as a sentence
     */
    public DataDirectoryBusyException(String message) {
        super(message);
    }

    /**
     * Makes it with its cause.
     *
     * @param message which directory, and what about it, as a sentence
     * @param cause what caused it
     */
    public DataDirectoryBusyException(String message, Throwable cause) {
        super(message, cause);
    }
}
