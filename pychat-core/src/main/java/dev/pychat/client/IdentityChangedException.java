package dev.pychat.client;

import dev.pychat.key.BundleDefect;

/**
 * The peer's keys belong to another identity than the one accepted for this name. Sending waits until a person accepts it
 * ({@link Conversation#acceptIdentity}).
 */
public final class IdentityChangedException extends KeysRefusedException {

    private static final long serialVersionUID = 1L;

    IdentityChangedException(String message) {
        super(BundleDefect.IDENTITY_CHANGED, message);
    }
}
