package dev.pychat.store;

/**
 * The store refused or failed before anything happened: its content is as it was. Damaged records are reported by this too.
 */
public final class StoreRefusedException extends StoreException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes it.
     *
     * @param message what was refused and why, as a sentence
     */
    public StoreRefusedException(String message) {
        super(message);
    }

    /**
     * Makes it with its cause.
     *
     * @param message what was refused and why, as a sentence
     * @param cause what caused it
     */
    public StoreRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
