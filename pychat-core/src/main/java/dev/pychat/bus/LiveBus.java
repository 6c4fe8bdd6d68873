package dev.pychat.bus;

import dev.pychat.model.Username;
import java.util.function.Consumer;

/**
 * Carries hints to whoever listens for an account: at most once, in any order, after the messages are durable.
 *
 * <p>Implementations are thread-safe. In one process it is a map of listeners ({@link #inProcess()}); between nodes it is
 * an existing broker.
 */
public interface LiveBus {

    /**
     * Makes the bus of a single process.
     *
     * @return a new bus, without listeners
     */
    static LiveBus inProcess() {
        return new InProcessLiveBus();
    }

    /**
     * Sends a hint. It returns without waiting for a listener's work and never fails because of one.
     *
     * @param hint what has changed, already durable
     */
    void publish(Hint hint);

    /**
     * Begins to listen. The listener is called on any thread, several at once, must return quickly and must not block.
     *
     * @param account the account whose hints are wanted
     * @param listener what is called with each of them
     * @return the way to stop listening
     */
    Subscription subscribe(Username account, Consumer<Hint> listener);

    /**
     * Sends word about an account. It returns without waiting for a listener's work and never fails because of one.
     *
     * @param hint what has come about, already durable
     */
    void publish(AccountHint hint);

    /**
     * Begins to listen to word about an account. The listener is called as that of {@link #subscribe}.
     *
     * @param account the account
     * @param listener what is called with each hint
     * @return the way to stop listening
     */
    Subscription subscribeToAccount(Username account, Consumer<AccountHint> listener);

    /** A listener that is being served. Thread-safe. */
    interface Subscription extends AutoCloseable {

        /** Stops; idempotent. A call that has begun may still end after this returns. */
        @Override
        void close();
    }
}
