package dev.pychat.ref.server.store;

/** What the data directory holds is not what was written: something is lost or altered. */
public final class DataDirectoryDamagedException extends DataDirectoryException {

    private static final long serialVersionUID = 1L;

    DataDirectoryDamagedException(String message) {
        super(message);
    }

    DataDirectoryDamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
