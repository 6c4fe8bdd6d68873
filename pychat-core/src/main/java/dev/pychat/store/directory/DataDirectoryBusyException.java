package dev.pychat.store.directory;

/** Another server, or another part of this program, is using the data directory. */
public final class DataDirectoryBusyException extends DataDirectoryException {

    private static final long serialVersionUID = 1L;

    public DataDirectoryBusyException(String message) {
        super(message);
    }

    public DataDirectoryBusyException(String message, Throwable cause) {
        super(message, cause);
    }
}
