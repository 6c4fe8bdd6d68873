package dev.pychat.store;

import dev.pychat.model.ConversationId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;

/**
 * What is read from a message store, the same for both forms of it, and the read markers.
 *
 * <p>Implementations are thread-safe. No reader sees a message before all messages at lower positions. Calls block and run
 * on an executor.
 */
public interface MessageReads {

    /** The most messages that a page may hold. */
    int MAX_PAGE = 256;

    /**
     * Reads backwards: the latest messages before a position.
     *
     * @param conversation the conversation; one without a message has empty pages
     * @param before the position that the page ends in front of; anything beyond the head reads from the head
     * @param limit the most messages wanted, 1 to {@value #MAX_PAGE}
     * @return the messages, in ascending positions without a gap
     * @throws StoreException if the store fails or a record is damaged
     */
    MessagePage page(ConversationId conversation, Position before, int limit) throws StoreException;

    /**
     * Reads forwards: the earliest messages after a position.
     *
     * @param conversation the conversation; one without a message has empty pages
     * @param after the position in front of the page; {@link Position#NONE} reads from the first message
     * @param limit the most messages wanted, 1 to {@value #MAX_PAGE}
     * @return the messages, in ascending positions without a gap
     * @throws StoreException if the store fails or a record is damaged
     */
    MessagePage since(ConversationId conversation, Position after, int limit) throws StoreException;

    /**
     * Lists the conversations of an account in the order of the peers' names, with exact counts of what is unread: the
     * peer's messages that count (not quiet) beyond the account's read marker.
     *
     * @param account whose
     * @param after the last peer of the page before; empty for the first page
     * @param limit the most entries wanted, 1 to 1,000
     * @return the page
     * @throws StoreException if the store fails
     */
    InboxPage inbox(Username account, String after, int limit) throws StoreException;

    /**
     * Moves the read marker of an account forward, never back.
     *
     * @param conversation the conversation
     * @param account one of its parties
     * @param upTo up to where everything is read; beyond the head it counts as the head
     * @return the entry afterwards, for {@code account}'s inbox
     * @throws StoreRefusedException if the conversation has no message or the account is no party of it
     * @throws StoreException if the store fails
     */
    InboxEntry markRead(ConversationId conversation, Username account, Position upTo) throws StoreException;
}
