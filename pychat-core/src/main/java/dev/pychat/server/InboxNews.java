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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells a connection how conversations stand that it does not follow, and where another device has moved a read marker.
 * Several changes of one conversation are told as one. Thread-safe; {@link #tell} runs on the connection's queue.
 */
final class InboxNews {

    private record Change(Username peer, boolean onlyIfMarked) {}

    private final Engine engine;
    private final ClientConnection connection;
    private final Username user;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ConversationId, Change> changes = new LinkedHashMap<>();
    private final Map<ConversationId, Position> markersTold = new ConcurrentHashMap<>();

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

    /** The connection itself was told where the marker is. */
    void markerTold(ConversationId conversation, Position read) {
        markersTold.put(conversation, read);
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

    void tell() throws StoreException {
        for (Map.Entry<ConversationId, Change> change : take()) {
            ConversationId conversation = change.getKey();
            InboxEntry entry = engine.messages().markRead(conversation, user, Position.NONE);
            Position before = markersTold.put(conversation, entry.read());
            if (!change.getValue().onlyIfMarked() || !entry.read().equals(before)) {
                connection.send(new InboxChanged(Frames.entry(entry)));
            }
        }
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
