package dev.pychat.server;

import dev.pychat.bus.Hint;
import dev.pychat.model.ConversationId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.MessagePage;
import dev.pychat.store.StoreException;
import dev.pychat.wire.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one path by which messages reach a connection, live or late: a cursor for each conversation followed, moved on by
 * what hints bring and by the store, as far as the client's credit goes.
 *
 * <p>Hints and acknowledgements come on any thread and only note what they say; everything else runs on the connection's
 * queue, and only there anything is read or sent.
 */
final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

    private final Engine engine;
    private final ClientConnection connection;
    private final Frames frames;
    private final InboxNews inboxNews;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ConversationId, Cursor> cursors = new LinkedHashMap<>();
    private final Set<ConversationId> woken = new LinkedHashSet<>();
    private long outstandingBytes;
    private long carriedBytes;
    private boolean drainQueued;
    private boolean retryQueued;
    private Duration retry = RETRY;

    Delivery(Engine engine, ClientConnection connection, Frames frames, Username user) {
        this.engine = engine;
        this.connection = connection;
        this.frames = frames;
        this.inboxNews = new InboxNews(engine, connection, user);
    }

    InboxNews inboxNews() {
        return inboxNews;
    }

    /** Starts or moves the cursor and answers with the conversation's head. On the connection's queue. */
    Position follow(Username peer, ConversationId conversation, Position after)
            throws StoreException, RefusalException {
        Position stored = engine.messages().since(conversation, after, 1).head();
        Cursor cursor = new Cursor(peer, conversation, after.isAfter(stored) ? stored : after);
        boolean others;
        lock.lock();
        try {
            if (!cursors.containsKey(conversation)
                    && cursors.size() >= engine.limits().followed()) {
                throw new RefusalException(
                        ErrorCode.INVALID,
                        "this connection follows " + cursors.size() + " conversations, no more are allowed");
            }
            others = replace(cursors.put(conversation, cursor));
        } finally {
            lock.unlock();
        }
        // Hints reach the cursor from here on; what was stored before it stood there, this second look sees.
        Position head = engine.messages().since(conversation, after, 1).head();
        boolean queue;
        lock.lock();
        try {
            cursor.learn(head);
            queue = (wake(cursor) || others) && mustQueue();
        } finally {
            lock.unlock();
        }
        queueDrain(queue);
        return head;
    }

    /** Ends the delivery of a conversation; what it had not come to shows in the inbox. On the connection's queue. */
    void unfollow(ConversationId conversation) {
        boolean queue;
        lock.lock();
        try {
            Cursor ended = cursors.remove(conversation);
            boolean news = replace(ended);
            if (ended != null && ended.isBehind()) {
                inboxNews.changed(ended.peer(), conversation);
                news = true;
            }
            queue = news && mustQueue();
        } finally {
            lock.unlock();
        }
        queueDrain(queue);
    }

    /** Ends the delivery of all of them. */
    void end() {
        lock.lock();
        try {
            cursors.clear();
            outstandingBytes = 0;
            carriedBytes = 0;
        } finally {
            lock.unlock();
        }
        inboxNews.end();
    }

    /** Gives back what a cursor held; true if another one waited for that. */
    private boolean replace(@Nullable Cursor before) {
        if (before == null) {
            return false;
        }
        boolean noBytesLeft = noBytesLeft();
        outstandingBytes -= before.outstandingBytes();
        carriedBytes -= before.carriedBytes();
        return noBytesLeft && wakeEveryone();
    }

    private boolean noBytesLeft() {
        return outstandingBytes >= engine.limits().creditBytes();
    }

    private boolean wakeEveryone() {
        boolean anyone = false;
        for (Cursor cursor : cursors.values()) {
            anyone |= wake(cursor);
        }
        return anyone;
    }

    /** Notes what a hint says; what this connection has done itself is no news for the inbox. On any thread. */
    void hint(Hint hint, boolean own) {
        boolean queue;
        lock.lock();
        try {
            queue = note(hint, own) && mustQueue();
        } finally {
            lock.unlock();
        }
        queueDrain(queue);
    }

    private boolean note(Hint hint, boolean own) {
        Cursor cursor = cursors.get(hint.conversation());
        if (cursor == null && own) {
            return false;
        }
        if (cursor == null) {
            inboxNews.changed(hint.peer(), hint.conversation());
            return true;
        }
        int before = cursor.carriedBytes();
        boolean news = cursor.hint(hint, carriedBytes < engine.limits().creditBytes());
        carriedBytes += cursor.carriedBytes() - before;
        boolean queue = news && wake(cursor);
        if (hint.carried().isEmpty() && !own) {
            // Of a read marker, perhaps, and faster than the hint of the message that was read.
            inboxNews.marked(hint.peer(), hint.conversation());
            queue = true;
        }
        return queue;
    }

    /** Gives credit back. On any thread. */
    void acknowledge(ConversationId conversation, Position upTo) {
        boolean queue;
        lock.lock();
        try {
            Cursor cursor = cursors.get(conversation);
            if (cursor == null) {
                return;
            }
            boolean noBytesLeft = noBytesLeft();
            outstandingBytes -= cursor.acknowledge(upTo, engine.limits().wire().credit());
            queue = (noBytesLeft ? wakeEveryone() : wake(cursor)) && mustQueue();
        } finally {
            lock.unlock();
        }
        queueDrain(queue);
    }

    private boolean wake(Cursor cursor) {
        return cursor.isBehind() && (woken.add(cursor.conversation()) || !drainQueued);
    }

    private boolean mustQueue() {
        boolean queue = !drainQueued;
        drainQueued = true;
        return queue;
    }

    /** Outside the lock, since it calls out. */
    private void queueDrain(boolean queue) {
        if (queue) {
            connection.execute(this::drained, this::drain);
        }
    }

    /** Sends what hints brought; false, and nothing is done, where the store has to be asked for something first. */
    private boolean drained() {
        if (inboxNews.hasNews() || !isBroughtByHints()) {
            return false;
        }
        drain();
        return true;
    }

    private boolean isBroughtByHints() {
        lock.lock();
        try {
            for (ConversationId conversation : woken) {
                Cursor cursor = cursors.get(conversation);
                if (cursor != null && !(cursor.isAllCarried() && frames.know(cursor.carried()))) {
                    return false;
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void drain() {
        List<Cursor> behind = new ArrayList<>();
        lock.lock();
        try {
            drainQueued = false;
            for (ConversationId conversation : woken) {
                Cursor cursor = cursors.get(conversation);
                if (cursor != null) {
                    behind.add(cursor);
                }
            }
            woken.clear();
        } finally {
            lock.unlock();
        }
        try {
            boolean all = true;
            for (Cursor cursor : behind) {
                all &= advance(cursor);
            }
            all &= inboxNews.tell();
            tryAgain(!all);
        } catch (RuntimeException e) {
            // Whoever connects anew reads on from where it stopped; a delivery that stands still would never be
            // noticed.
            LOG.error("delivery failed in a way that was not foreseen", e);
            connection.end(ErrorCode.INTERNAL, "the server could not deliver messages");
        }
    }

    /** Sends one frame after the other, until it has caught up or has no credit; false if the store failed. */
    private boolean advance(Cursor cursor) {
        try {
            boolean more = true;
            while (more) {
                more = step(cursor);
            }
            return true;
        } catch (StoreException e) {
            LOG.error("messages could not be read for delivery: {}", e.getMessage());
            return false;
        }
    }

    /** What could not be read holds up neither the other conversations nor the connection: one attempt waits, longer each time. */
    private void tryAgain(boolean failed) {
        Duration wait;
        lock.lock();
        try {
            if (!failed) {
                retry = RETRY;
            }
            if (!failed || retryQueued) {
                return;
            }
            retryQueued = true;
            wait = retry;
            retry = retry.compareTo(LONGEST_RETRY) < 0 ? retry.multipliedBy(2) : retry;
        } finally {
            lock.unlock();
        }
        engine.later(wait, this::wakeAll);
    }

    private void wakeAll() {
        boolean queue;
        lock.lock();
        try {
            retryQueued = false;
            cursors.values().stream().filter(Cursor::isBehind).forEach(cursor -> woken.add(cursor.conversation()));
            queue = mustQueue();
        } finally {
            lock.unlock();
        }
        queueDrain(queue);
    }

    /** Sends the next frame of a conversation; false if there is nothing to send or no credit for it. */
    private boolean step(Cursor cursor) throws StoreException {
        int most;
        long believed;
        Position sent;
        List<StoredMessage> next;
        lock.lock();
        try {
            most = Math.min(engine.limits().wire().credit() - cursor.outstanding(), frames.page());
            if (!cursor.isBehind() || most <= 0 || noBytesLeft()) {
                return false;
            }
            believed = cursor.head();
            sent = cursor.sent();
            next = cursor.carried(most);
        } finally {
            lock.unlock();
        }
        if (next.isEmpty()) {
            MessagePage page = engine.messages().since(cursor.conversation(), sent, most);
            next = page.messages();
        }
        return push(cursor, next, believed);
    }

    private boolean push(Cursor cursor, List<StoredMessage> next, long believed) throws StoreException {
        List<StoredMessage> sent = next.isEmpty() ? next : frames.push(cursor.peer(), next);
        lock.lock();
        try {
            if (sent.isEmpty()) {
                cursor.disbelieve(believed);
                return cursor.isBehind();
            }
            int before = cursor.carriedBytes();
            outstandingBytes += cursor.sent(sent);
            carriedBytes += cursor.carriedBytes() - before;
            return true;
        } finally {
            lock.unlock();
        }
    }
}
