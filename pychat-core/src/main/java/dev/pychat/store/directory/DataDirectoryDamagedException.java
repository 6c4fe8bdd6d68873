package dev.pychat.store.directory;

/** What the data directory holds is not what was written: something is lost or altered. */
public final class DataDirectoryDamagedException extends DataDirectoryException {

    private static final long serialVersionUID = 1L;

    public DataDirectoryDamagedException(String message) {
        super(message);
    }

    public DataDirectoryDamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
