package dev.pychat.client;

import dev.pychat.wire.Inbox;
import dev.pychat.wire.InboxEntry;
import dev.pychat.wire.InboxPage;
import dev.pychat.wire.WireLimits;
import java.util.ArrayList;
import java.util.List;

/** Reads all conversations of an account, page after page, as far as a server keeps to their order. Confined to one thread. */
final class MailboxReading {

    /** Far more than anybody has. */
    private static final int MOST = 100_000;

    private final List<MailboxEntry> entries = new ArrayList<>();
    private String last = "";
    private boolean over;

    /** What asks for the next page. */
    Inbox next(long id) {
        return new Inbox(id, last, WireLimits.MAX_INBOX);
    }

    void take(InboxPage page) throws RefusedException {
        for (InboxEntry entry : page.entries()) {
            String name = entry.with().value();
            if (name.compareTo(last) <= 0) {
                throw new RefusedException(
                        "invalid", "the server lists the conversation with " + name + " after that with " + last);
            }
            if (entries.size() == MOST) {
                throw new RefusedException("invalid", "the server lists more than " + MOST + " conversations");
            }
            last = name;
            entries.add(Chats.mailboxEntry(entry));
        }
        over = !page.more() || page.entries().isEmpty();
    }

    boolean isOver() {
        return over;
    }

    List<MailboxEntry> entries() {
        return List.copyOf(entries);
    }
}
