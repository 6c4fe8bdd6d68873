package dev.pychat.store.directory;

import dev.pychat.model.PychatException;

/** A data directory could not be opened. Exactly one of the subclasses says why; the content is as it was. */
public abstract sealed class DataDirectoryException extends PychatException
        permits DataDirectoryBusyException,
                DataDirectoryDamagedException,
                DataDirectoryFormatException,
                DataDirectoryUnusableException {

    private static final long serialVersionUID = 1L;

    DataDirectoryException(String message) {
        super(message);
    }

    DataDirectoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
