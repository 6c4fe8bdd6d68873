package dev.pychat.store;

/**
 * The store failed at a moment at which the operation may or may not have happened. Asking again with the same id is safe
 * and tells which.
 */
public final class OutcomeUnknownException extends StoreException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes it.
     *
     * @param message what failed, as a sentence
     */
    public OutcomeUnknownException(String message) {
        super(message);
    }

    /**
     * Makes it with its cause.
     *
     * @param message what failed, as a sentence
     * @param cause what caused it
     */
    public OutcomeUnknownException(String message, Throwable cause) {
        super(message, cause);
    }
}
