package dev.pychat.crypto.open;

import dev.pychat.model.PychatException;

/** Bytes from outside are not the canonical form of the structure that they should be. */
public final class MalformedException extends PychatException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param structure what the bytes should have been, such as "key bundle"
     * @param problem what is wrong with them
     */
    public MalformedException(String structure, String problem) {
        super("malformed " + structure + ": " + problem);
    }
}
