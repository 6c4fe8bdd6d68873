package dev.pychat.client;

import dev.pychat.model.PychatException;
import dev.pychat.wire.Inbox;
import dev.pychat.wire.InboxEntry;
import dev.pychat.wire.InboxPage;
import dev.pychat.wire.WireLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** Reads all conversations of an account, page after page, as far as a server keeps to their order. Confined to one thread. */
final class MailboxReading {

    /** Far more than anybody has. */
    private static final int MOST = 100_000;

    private final List<MailboxEntry> entries = new ArrayList<>();
    private String last = "";
    private boolean over;

    private Inbox next(long id) {
        return new Inbox(id, last, WireLimits.MAX_INBOX);
    }

    private void take(InboxPage page) throws RefusedException {
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

    /** Asks the server for a page. */
    interface Asking {
        InboxPage ask(LongFunction<Inbox> page) throws PychatException, InterruptedException;
    }

    List<MailboxEntry> all(Asking server) throws PychatException, InterruptedException {
        while (!over) {
            take(server.ask(this::next));
        }
        return List.copyOf(entries);
    }
}
