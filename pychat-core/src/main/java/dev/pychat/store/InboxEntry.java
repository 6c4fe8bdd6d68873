package dev.pychat.store;

import dev.pychat.model.ConversationId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import java.time.Instant;

/**
 * One conversation as one of its parties sees it in the inbox.
 *
 * <p>Immutable and thread-safe.
 *
 * @param peer the other party
 * @param conversation the conversation
 * @param head its last position
 * @param read the party's read marker; {@link Position#NONE} if nothing was read
 * @param unread how many of the peer's messages that count lie beyond the marker
 * @param time when the last message was stored
 */
public record InboxEntry(
        Username peer, ConversationId conversation, Position head, Position read, long unread, Instant time) {}
