package dev.pychat.store.directory.internal;

/** A file is not what was written. */
public final class DamagedFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes it.
     *
     * @param message which file, and what is wrong with it
     */
    public DamagedFileException(String message) {
        super(message);
    }
}
