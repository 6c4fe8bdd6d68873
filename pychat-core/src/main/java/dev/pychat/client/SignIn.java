package dev.pychat.client;

import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.store.StoreException;
import java.util.concurrent.locks.ReentrantLock;

/** How a client comes to its account, whichever way it is entered: one at a time. Thread-safe; waits on the caller's thread. */
final class SignIn {

    /** A way in. */
    interface Way {
        Account enter(Entrance entrance) throws PychatException, InterruptedException;
    }

    private final ClientOptions options;
    private final Listeners listeners;
    private final Engine engine;
    private final OutboxBudget budget;
    private final ReentrantLock signingIn = new ReentrantLock();

    SignIn(ClientOptions options, Listeners listeners, Engine engine, OutboxBudget budget) {
        this.options = options;
        this.listeners = listeners;
        this.engine = engine;
        this.budget = budget;
    }

    void enter(Username user, Way way) throws PychatException, InterruptedException {
        signingIn.lockInterruptibly();
        try {
            engine.requireOpen();
            if (engine.account().isPresent()) {
                throw new IllegalStateException("an account is logged in already; use another client for another one");
            }
            Entrance entrance = new Entrance(options, listeners, engine::greeted, user);
            Account account = entered(entrance, way);
            Chats chats = new Chats(account, options, listeners, budget);
            try {
                chats.load();
            } catch (StoreException e) {
                entrance.link().close("what this device keeps can't be read");
                account.close(chats.close());
                throw e;
            }
            engine.adopt(account, chats, entrance.link());
        } catch (FailureException e) {
            throw e.asRefused();
        } finally {
            signingIn.unlock();
        }
    }

    /** A connection on which something went wrong may have a session already, so it is not used for another try. */
    private static Account entered(Entrance entrance, Way way) throws PychatException, InterruptedException {
        boolean entered = false;
        try {
            Account account = way.enter(entrance);
            entered = true;
            return account;
        } catch (BadCredentialsException | NameTakenException refused) {
            entered = true;
            throw refused;
        } finally {
            if (!entered) {
                entrance.link().close("signing in did not come to its end");
            }
        }
    }
}
