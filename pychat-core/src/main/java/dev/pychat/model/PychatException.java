package dev.pychat.model;

/**
 * The root of everything that can go wrong for a reason outside the calling program: the network, the server, a store, a
 * peer. Its message is a sentence that a person can be shown.
 */
public abstract class PychatException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * For subclasses.
     *
     * @param message a sentence that says what was wrong
     */
    protected PychatException(String message) {
        super(message);
    }

    /**
     * For subclasses.
     *
     * @param message a sentence that says what was wrong
     * @param cause what caused it
     */
    protected PychatException(String message, Throwable cause) {
        super(message, cause);
    }
}
