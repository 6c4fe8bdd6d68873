package dev.pychat.ref.server.store.internal;

/**
 * The files of the log are not what was written. Unchecked, because it passes through Xodus, which takes its own exceptions
 * for the end of the log.
 */
public final class DamagedLogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DamagedLogException(String message) {
        super(message);
    }
}
