package dev.pychat.crypto.open;

import dev.pychat.model.PychatException;

/** A public key from outside must not be used. */
public final class UnusableKeyException extends PychatException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with the key. */
    private final KeyDefect defect;

    /**
     * Makes one.
     *
     * @param kind the kind of key, such as "RSA key"
     * @param defect why it is not used
     */
    public UnusableKeyException(String kind, KeyDefect defect) {
        super("this " + kind + " " + defect.sentence());
        this.defect = defect;
    }

    /**
     * Why the key is not used.
     *
     * @return the defect
     */
    public KeyDefect defect() {
        return defect;
    }
}
