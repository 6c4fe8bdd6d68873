package dev.pychat.client;

import dev.pychat.model.Content;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;

/**
 * The conversation with one peer. Implemented by pychat only; thread-safe.
 *
 * <p>To show a conversation without a gap or a double: add a listener, then read {@link #history}, then show of what the
 * listener is told only what lies beyond the last position of the page.
 */
public interface Conversation {

    /**
     * The other party.
     *
     * @return the peer's name
     */
    Username peer();

    /**
     * Sends a message. It returns at once; the message is stored in the outbox, then sent, whether the client is online now
     * or later. Messages of one conversation arrive in the order of the calls.
     *
     * @param content what to say
     * @return the receipt
     * @throws OutboxFullException if too much waits already
     * @throws IdentityChangedException if the peer's identity changed and nobody has accepted it
     * @throws ClosedException if the client was closed
     */
    Receipt send(Content content) throws OutboxFullException, IdentityChangedException, ClosedException;

    /**
     * Sends text.
     *
     * @param text well-formed, at most 64 KiB as UTF-8
     * @return the receipt
     * @throws IllegalArgumentException if it is too long or not well-formed
     * @throws OutboxFullException if too much waits already
     * @throws IdentityChangedException if the peer's identity changed and nobody has accepted it
     * @throws ClosedException if the client was closed
     */
    default Receipt sendText(String text) throws OutboxFullException, IdentityChangedException, ClosedException {
        return send(Content.text(text));
    }

    /**
     * Reads a page of history. What this device holds is read from its own store; while online, what the server has beyond
     * that is fetched and opened first.
     *
     * @param before the position that the page ends in front of; anything beyond the last message reads from the end, and so
     *     does {@link Position#NONE}
     * @param limit the most messages wanted, 1 to 256
     * @return the page, oldest first
     * @throws PychatException if a store fails, the server can't be asked, or the client was closed
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    HistoryPage history(Position before, int limit) throws PychatException, InterruptedException;

    /**
     * Up to where the account has read, as far as the server has told.
     *
     * @return the read marker; {@link Position#NONE} for nothing
     */
    Position readMarker();

    /**
     * How many of the peer's messages lie beyond the read marker, as far as the server has told.
     *
     * @return the count
     */
    long unread();

    /**
     * Moves the read marker forward; one that is further already stays. It returns at once; offline, it moves when the
     * connection is back.
     *
     * @param upTo up to where everything is read
     * @throws ClosedException if the client was closed
     */
    void markRead(Position upTo) throws ClosedException;

    /**
     * Adds a listener for this conversation.
     *
     * @param listener the listener
     * @return ends it
     */
    Subscription addListener(MessageListener listener);
}
