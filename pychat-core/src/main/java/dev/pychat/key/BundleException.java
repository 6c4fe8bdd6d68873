package dev.pychat.key;

import dev.pychat.model.PychatException;

/** A key bundle, or a one-time key, from outside is not taken. */
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

    private BundleException(String what, BundleDefect defect) {
        super(what);
        this.defect = defect;
    }

    private BundleException(String what, BundleDefect defect, PychatException cause) {
        super(what, cause);
        this.defect = defect;
    }

    static BundleException ofOneTimeKey(BundleDefect defect) {
        return new BundleException("this one-time key " + defect.sentence(), defect);
    }

    static BundleException ofOneTimeKey(BundleDefect defect, PychatException cause) {
        return new BundleException("this one-time key " + defect.sentence() + ": " + cause.getMessage(), defect, cause);
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
