package dev.pychat.wire;

import dev.pychat.model.Position;
import dev.pychat.model.Username;
import java.time.Instant;

/**
 * The state of one conversation of the account.
 *
 * <p>Immutable and thread-safe.
 *
 * @param with the other side
 * @param head the highest position
 * @param unread how many of the other side's messages that count lie after the read marker
 * @param read the read marker: the highest position read on any device, 0 for none
 * @param time when the message at the head was stored
 */
public record InboxEntry(Username with, Position head, long unread, Position read, Instant time) {

    static final Shape<InboxEntry> SHAPE = Shape.of(InboxEntry.class)
            .with(Fields.WITH, InboxEntry::with)
            .with(Fields.HEAD, InboxEntry::head)
            .with(Fields.UNREAD, InboxEntry::unread)
            .with(Fields.READ, InboxEntry::read)
            .with(Fields.TIME, InboxEntry::time)
            .make(InboxEntry::of);

    static InboxEntry of(Values v) {
        return new InboxEntry(
                v.get(Fields.WITH), v.get(Fields.HEAD), v.get(Fields.UNREAD), v.get(Fields.READ), v.get(Fields.TIME));
    }
}
