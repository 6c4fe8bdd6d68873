package dev.pychat.client;

import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.wire.Block;
import dev.pychat.wire.Blocks;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Ok;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Unblock;
import dev.pychat.wire.UserList;
import dev.pychat.wire.WireLimits;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongFunction;

/**
 * From whom the account that is logged in takes no messages. The server keeps it and refuses what a blocked user sends, who is told
 * so; what was stored before stays, and the account itself may go on writing to them. A server that does not refuse is not noticed.
 *
 * <p>Thread-safe. The calls wait for the server.
 */
public final class Blocking {

    private final ClientOptions options;
    private final Engine engine;

    Blocking(ClientOptions options, Engine engine) {
        this.options = options;
        this.engine = engine;
    }

    /**
     * Takes no more messages from a user. It takes effect at once for what the server has not accepted yet, and within five seconds where
     * several servers share their stores. To repeat it does no harm.
     *
     * @param user whose messages are not wanted
     * @throws UnknownUserException if there is no such user
     * @throws NoConversationException if it is the account itself
     * @throws RefusedException if the account has blocked 1,000 users already, or the server knows no blocks
     * @throws NotLoggedInException if nobody is logged in
     * @throws PychatException if the server can't be asked
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public void block(Username user) throws PychatException, InterruptedException {
        if (engine.requireAccount().user().equals(user)) {
            throw new NoConversationException("you can't block yourself");
        }
        ask(Ok.class, id -> new Block(id, user));
    }

    /**
     * Takes messages from a user again. What was refused meanwhile does not come.
     *
     * @param user who may send again; nothing happens if the user was not blocked
     * @throws RefusedException if the server knows no blocks
     * @throws NotLoggedInException if nobody is logged in
     * @throws PychatException if the server can't be asked
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public void unblock(Username user) throws PychatException, InterruptedException {
        engine.requireAccount();
        ask(Ok.class, id -> new Unblock(id, user));
    }

    /**
     * Asks whom the account has blocked.
     *
     * @return their names, in order
     * @throws RefusedException if the server knows no blocks, or its answers have no order or no end within 1,000 names
     * @throws NotLoggedInException if nobody is logged in
     * @throws PychatException if the server can't be asked
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public Set<Username> list() throws PychatException, InterruptedException {
        engine.requireAccount();
        TreeSet<Username> all = new TreeSet<>();
        while (true) {
            String after = all.isEmpty() ? "" : all.last().value();
            UserList page = ask(UserList.class, id -> new Blocks(id, after, WireLimits.MAX_USERS));
            for (Username name : page.users()) {
                if (!all.isEmpty() && name.compareTo(all.last()) <= 0 || all.size() >= WireLimits.MAX_BLOCKS) {
                    throw new RefusedException(
                            "invalid",
                            "the server's list of blocked users has no order, or more than " + WireLimits.MAX_BLOCKS
                                    + " names");
                }
                all.add(name);
            }
            if (!page.more() || page.users().isEmpty()) {
                return all;
            }
        }
    }

    private <T extends ServerFrame.Reply> T ask(Class<T> type, LongFunction<ClientFrame.Request> request)
            throws PychatException, InterruptedException {
        try {
            return Answers.get(engine.link().ask(type, request), options.requestTimeout());
        } catch (FailureException e) {
            if (e.code() == ErrorCode.UNKNOWN_USER) {
                throw new UnknownUserException(String.valueOf(e.getMessage()));
            }
            throw e.asRefused();
        }
    }
}
