package dev.pychat.server;

import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.InboxEntry;
import dev.pychat.store.StoreException;
import dev.pychat.wire.EpochHeader;
import dev.pychat.wire.Message;
import dev.pychat.wire.WireLimits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts stored messages into frames, together with those epoch headers that the connection has not been sent yet. Confined
 * to the connection's queue.
 */
final class Frames {

    private static final int MOST_REMEMBERED = 4_096;

    private final Engine engine;
    private final ClientConnection connection;
    private final Map<EpochName, Boolean> sentHeaders = new LinkedHashMap<>(8, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EpochName, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    Frames(Engine engine, ClientConnection connection) {
        this.engine = engine;
        this.connection = connection;
    }

    /** The most messages of a frame. */
    int page() {
        return engine.limits().wire().page();
    }

    /** Sends as many of the messages, from the first, as one frame holds, at least one. Returns what was sent. */
    List<StoredMessage> push(Username peer, List<StoredMessage> messages) throws StoreException {
        Map<EpochName, Bytes> headers = headers(messages);
        List<StoredMessage> fitting = messages.subList(0, fitting(messages, headers));
        connection.send(message(0, peer, fitting, headers, false));
        return fitting;
    }

    /** Answers with messages from the first on. */
    void answerForwards(long re, Username peer, List<StoredMessage> messages, Position head) throws StoreException {
        Map<EpochName, Bytes> headers = headers(messages);
        List<StoredMessage> fitting = messages.subList(0, fitting(messages, headers));
        boolean more = !fitting.isEmpty() && head.isAfter(last(fitting).position());
        connection.answer(message(re, peer, fitting, headers, more));
    }

    /** Answers with messages that end with the last. */
    void answerBackwards(long re, Username peer, List<StoredMessage> messages) throws StoreException {
        Map<EpochName, Bytes> headers = headers(messages);
        List<StoredMessage> reversed = new ArrayList<>(messages);
        java.util.Collections.reverse(reversed);
        int fits = fitting(reversed, headers);
        List<StoredMessage> fitting = messages.subList(messages.size() - fits, messages.size());
        boolean more = !fitting.isEmpty() && fitting.get(0).position().isAfter(Position.FIRST);
        connection.answer(message(re, peer, fitting, headers, more));
    }

    static dev.pychat.wire.InboxEntry entry(InboxEntry stored) {
        return new dev.pychat.wire.InboxEntry(
                stored.peer(), stored.head(), stored.unread(), stored.read(), stored.time());
    }

    private Message message(
            long re, Username peer, List<StoredMessage> messages, Map<EpochName, Bytes> headers, boolean more) {
        Set<EpochName> named = new LinkedHashSet<>();
        messages.forEach(message -> named.add(message.epoch()));
        List<EpochHeader> along = new ArrayList<>();
        for (EpochName name : named) {
            Bytes header = headers.get(name);
            if (header != null) {
                along.add(new EpochHeader(name, header));
                sentHeaders.put(name, true);
            }
        }
        Position first = messages.isEmpty() ? Position.NONE : messages.get(0).position();
        return new Message(re, peer, first, messages.stream().map(Frames::item).toList(), along, more);
    }

    private static Message.Item item(StoredMessage stored) {
        return new Message.Item(
                stored.id(),
                stored.sender(),
                stored.lane(),
                stored.epoch(),
                stored.ordinal(),
                stored.quiet(),
                stored.time(),
                stored.envelope());
    }

    /** Whether the connection has been sent the headers of all of these. */
    boolean know(Collection<StoredMessage> messages) {
        return messages.stream().allMatch(message -> sentHeaders.get(message.epoch()) != null);
    }

    /** The headers that go along; those of a connection that has seen them all cost no look into the store. */
    private Map<EpochName, Bytes> headers(List<StoredMessage> messages) throws StoreException {
        Set<EpochName> missing = new LinkedHashSet<>();
        for (StoredMessage message : messages) {
            if (sentHeaders.get(message.epoch()) == null) {
                missing.add(message.epoch());
            }
        }
        if (missing.isEmpty()) {
            return Map.of();
        }
        ConversationId conversation = messages.get(0).conversation();
        return engine.stores().keys().epochs(conversation, missing);
    }

    private static int fitting(List<StoredMessage> messages, Map<EpochName, Bytes> headers) {
        Set<EpochName> counted = new LinkedHashSet<>();
        int bytes = 0;
        for (int i = 0; i < messages.size(); i++) {
            StoredMessage message = messages.get(i);
            bytes += message.envelope().value().size();
            Bytes header = headers.get(message.epoch());
            if (header != null && counted.add(message.epoch())) {
                bytes += header.size();
            }
            if (i > 0 && bytes > WireLimits.MAX_PAGE_BYTES) {
                return i;
            }
        }
        return messages.size();
    }

    private static StoredMessage last(List<StoredMessage> messages) {
        return messages.get(messages.size() - 1);
    }
}
