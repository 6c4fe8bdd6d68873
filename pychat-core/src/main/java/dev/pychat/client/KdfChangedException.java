package dev.pychat.client;

import dev.pychat.model.PychatException;

/** The server named another salt or another cost for the passphrase than this device knows. The passphrase was not used. */
public final class KdfChangedException extends PychatException {

    private static final long serialVersionUID = 1L;

    KdfChangedException(String message) {
        super(message);
    }
}
