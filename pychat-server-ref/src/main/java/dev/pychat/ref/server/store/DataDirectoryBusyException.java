package dev.pychat.ref.server.store;

/** Another server, or another part of this program, is using the data directory. */
public final class DataDirectoryBusyException extends DataDirectoryException {

    private static final long serialVersionUID = 1L;

    DataDirectoryBusyException(String message) {
        super(message);
    }

    DataDirectoryBusyException(String message, Throwable cause) {
        super(message, cause);
    }
}
