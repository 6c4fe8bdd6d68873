package dev.pychat.client;

import dev.pychat.key.BundleDefect;
import dev.pychat.model.PychatException;

/**
 * The keys that the server gives for a peer are not taken, so nothing is sealed to them. The message is a sentence that says
 * what may have happened.
 */
public class KeysRefusedException extends PychatException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with the keys. */
    private final BundleDefect defect;

    KeysRefusedException(BundleDefect defect, String message) {
        super(message);
        this.defect = defect;
    }

    /**
     * What is wrong with the keys.
     *
     * @return the defect
     */
    public final BundleDefect defect() {
        return defect;
    }
}
