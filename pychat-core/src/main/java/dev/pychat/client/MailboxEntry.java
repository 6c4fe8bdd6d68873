package dev.pychat.client;

import dev.pychat.model.Position;
import dev.pychat.model.Username;
import java.time.Instant;

/**
 * One conversation of the mailbox.
 *
 * <p>Immutable and thread-safe.
 *
 * @param peer the other party
 * @param unread how many of the peer's messages lie beyond the read marker
 * @param head the conversation's last position
 * @param read up to where the account has read; {@link Position#NONE} for nothing
 * @param time when the last message was stored, by the server's clock
 */
public record MailboxEntry(Username peer, long unread, Position head, Position read, Instant time) {}
