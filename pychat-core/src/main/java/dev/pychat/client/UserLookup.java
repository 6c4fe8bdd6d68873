package dev.pychat.client;

import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.wire.Bundle;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.GetBundle;

/**
 * Asks the server whether there is somebody. On the caller's thread, which waits.
 *
 * @param link the connection
 * @param options how long it is waited for
 */
record UserLookup(Link link, ClientOptions options) {

    /** Somebody who has not published a bundle yet is there, too. */
    void require(Username peer) throws PychatException, InterruptedException {
        try {
            Answers.get(link.ask(Bundle.class, id -> new GetBundle(id, peer)), options.requestTimeout());
        } catch (FailureException e) {
            if (e.code() == ErrorCode.UNKNOWN_USER) {
                throw new UnknownUserException("there is no user " + peer);
            }
            if (e.code() != ErrorCode.NO_BUNDLE) {
                throw e.asRefused();
            }
        }
    }
}
