package dev.pychat.key;

import dev.pychat.model.PychatException;

/** A key bundle from outside is not taken. */
public final class BundleException extends PychatException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with the bundle. */
    private final BundleDefect defect;

    BundleException(BundleDefect defect) {
        super("this key bundle " + defect.sentence());
        this.defect = defect;
    }

    BundleException(BundleDefect defect, String detail) {
        super("this key bundle " + defect.sentence() + ": " + detail);
        this.defect = defect;
    }

    BundleException(BundleDefect defect, PychatException cause) {
        super("this key bundle " + defect.sentence() + ": " + cause.getMessage(), cause);
        this.defect = defect;
    }

    /**
     * Why it is not taken.
     *
     * @return the defect
     */
    public BundleDefect defect() {
        return defect;
    }
}
