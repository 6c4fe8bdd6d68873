package dev.pychat.server;

import dev.pychat.model.ConversationId;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.InboxEntry;
import dev.pychat.store.StoreException;
import dev.pychat.wire.InboxChanged;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a connection how conversations stand that it does not follow, and where another device has moved a read marker.
 * Several changes of one conversation are told as one. {@link #changed} and {@link #marked} may
 * be called on any thread, the rest runs on the connection's queue.
 */
final class InboxNews {

    private static final Logger LOG = LoggerFactory.getLogger(InboxNews.class);

    private static final int MOST_REMEMBERED = 4_096;

    /** What the client knows. */
    private record Told(Position head, Position read) {}

    private record Change(Username peer, boolean onlyIfMarked) {}

    private final Engine engine;
    private final ClientConnection connection;
    private final Username user;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ConversationId, Change> changes = new LinkedHashMap<>();
    private final Map<ConversationId, Told> told = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ConversationId, Told> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    InboxNews(Engine engine, ClientConnection connection, Username user) {
        this.engine = engine;
        this.connection = connection;
        this.user = user;
    }

    /** A conversation that is not followed has changed. */
    void changed(Username peer, ConversationId conversation) {
        note(conversation, new Change(peer, false));
    }

    /** The read marker of a conversation that is followed may have moved. */
    void marked(Username peer, ConversationId conversation) {
        note(conversation, new Change(peer, true));
    }

    /** The client knows the marker from the answer to its own request; that says nothing about the head. */
    void markerTold(ConversationId conversation, Position read) {
        Told before = told.get(conversation);
        told.put(conversation, new Told(before == null ? Position.NONE : before.head(), read));
    }

    private void note(ConversationId conversation, Change change) {
        lock.lock();
        try {
            changes.merge(
                    conversation,
                    change,
                    (before, now) -> new Change(now.peer(), before.onlyIfMarked() && now.onlyIfMarked()));
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is something to tell. */
    boolean hasNews() {
        lock.lock();
        try {
            return !changes.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what has changed, which is nothing to whoever logs in next. */
    void end() {
        lock.lock();
        try {
            changes.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Tells what has changed; false if the store failed, and the rest is kept for the next time. */
    boolean tell() {
        boolean all = true;
        for (Map.Entry<ConversationId, Change> change : take()) {
            try {
                tell(change.getKey(), change.getValue());
            } catch (StoreException e) {
                LOG.error("an inbox entry could not be read: {}", e.getMessage());
                note(change.getKey(), change.getValue());
                all = false;
            }
        }
        return all;
    }

    private void tell(ConversationId conversation, Change change) throws StoreException {
        InboxEntry entry = entry(conversation, change.peer());
        Told before = told.get(conversation);
        boolean marked = before == null || !before.read().equals(entry.read());
        boolean grown = before == null || !before.head().equals(entry.head());
        if (marked || grown && !change.onlyIfMarked()) {
            told.put(conversation, new Told(entry.head(), entry.read()));
            connection.send(new InboxChanged(Frames.entry(entry)));
        }
    }

    /** One entry, by a page of one: that only reads, where moving the marker by nothing would wait for the writers. */
    private InboxEntry entry(ConversationId conversation, Username peer) throws StoreException {
        List<InboxEntry> page =
                engine.messages().inbox(user, justBefore(peer.value()), 1).entries();
        return !page.isEmpty() && page.get(0).peer().equals(peer)
                ? page.get(0)
                : engine.messages().markRead(conversation, user, Position.NONE);
    }

    /** What sorts behind every user name below the given one, and before that one itself. */
    private static String justBefore(String name) {
        int last = name.length() - 1;
        return name.substring(0, last) + (char) (name.charAt(last) - 1) + "~".repeat(Username.MAX_LENGTH);
    }

    private List<Map.Entry<ConversationId, Change>> take() {
        lock.lock();
        try {
            List<Map.Entry<ConversationId, Change>> taken = new ArrayList<>();
            changes.forEach((conversation, change) -> taken.add(Map.entry(conversation, change)));
            changes.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
