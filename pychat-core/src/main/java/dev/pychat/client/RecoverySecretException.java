package dev.pychat.client;

import dev.pychat.model.PychatException;

/** The passphrase is the right one, and the account's vault does not open with the recovery secret that was given, or with none. */
public final class RecoverySecretException extends PychatException {

    private static final long serialVersionUID = 1L;

    /** Whether none was given. */
    private final boolean missing;

    private RecoverySecretException(String message, boolean missing) {
        super(message);
        this.missing = missing;
    }

    static RecoverySecretException missing(Object user) {
        return new RecoverySecretException(
                "the account of " + user + " has a recovery secret, which a new device needs beside the passphrase: it"
                        + " stands on the sheet that was printed when it was made",
                true);
    }

    static RecoverySecretException wrong(Object user) {
        return new RecoverySecretException(
                "this is not the present recovery secret of " + user
                        + ", or what the server keeps was altered; nothing was changed",
                false);
    }

    static RecoverySecretException unprotected(Object user) {
        return new RecoverySecretException(
                "what the server keeps for " + user + " is sealed without the recovery secret: it is old, or somebody"
                        + " who guessed the passphrase made it; nothing of it was taken. Ask whoever runs the server",
                false);
    }

    /**
     * Whether none was given where one is needed.
     *
     * @return false if the one that was given does not fit
     */
    public boolean isMissing() {
        return missing;
    }
}
