package dev.pychat.client;

import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.store.UserPage;
import dev.pychat.wire.Bundle;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.GetBundle;
import dev.pychat.wire.UserList;
import dev.pychat.wire.Users;
import dev.pychat.wire.WireLimits;

/**
 * Asks the server who is there. On the caller's thread, which waits.
 *
 * @param link the connection
 * @param options how long it is waited for
 */
record UserLookup(Link link, ClientOptions options) {

    private static final int MOST = WireLimits.MAX_USERS;

    /** A page of names. */
    UserPage list(String prefix, String after, int limit) throws PychatException, InterruptedException {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("a page of " + limit + " users, allowed are 1 to " + MOST);
        }
        try {
            UserList list = Answers.get(
                    link.ask(UserList.class, id -> new Users(id, prefix, after, limit)), options.requestTimeout());
            return new UserPage(list.users(), list.more());
        } catch (FailureException e) {
            throw e.asRefused();
        }
    }

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
