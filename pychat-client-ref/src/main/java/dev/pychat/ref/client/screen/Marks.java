package dev.pychat.ref.client.screen;

import dev.pychat.client.ChatMessage;
import dev.pychat.client.ClosedException;
import dev.pychat.client.Conversation;
import dev.pychat.envelope.Seen;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is shown in a chat of how far the own messages have come. A line that stands on the screen is not changed: when the peer's word says
 * more than before, one line tells up to which message. A script is shown nothing of it. Thread-safe.
 */
final class Marks {
    private final Conversation conversation;
    private final Output output;
    private final boolean wanted;
    private final ReentrantLock lock = new ReentrantLock();
    private final TreeMap<Position, ChatMessage> own = new TreeMap<>();
    private Seen known = Seen.NOTHING;

    Marks(Conversation conversation, Output output, boolean wanted) {
        this.conversation = conversation;
        this.output = output;
        this.wanted = wanted;
    }

    /** The history is about to be shown, with what the peer has said until now. */
    void begin() throws PychatException, InterruptedException {
        if (wanted) {
            Seen now = conversation.seenByPeer();
            lock.lock();
            try {
                known = now;
            } finally {
                lock.unlock();
            }
        }
    }

    /** The mark of a message that is shown now. */
    Mark of(ChatMessage message) {
        if (!wanted) {
            return Mark.NONE;
        }
        lock.lock();
        try {
            Mark mark = Mark.of(message, known);
            if (!Lines.isControl(message) && (mark == Mark.ACCEPTED || mark == Mark.DELIVERED)) {
                own.put(message.position(), message);
            }
            return mark;
        } finally {
            lock.unlock();
        }
    }

    /** A message of the peer has come, which may say more than those before it. */
    void heard() {
        if (!wanted) {
            return;
        }
        try {
            tell(conversation.seenByPeer());
        } catch (ClosedException over) {
            // Nobody is told of anything any more.
        } catch (PychatException e) {
            output.notice("It is not known how far your messages have come: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Seen said) {
        lock.lock();
        try {
            // Two threads may have asked, and the one with the earlier answer come later.
            Seen now = new Seen(later(known.delivered(), said.delivered()), later(known.read(), said.read()));
            Optional<ChatMessage> delivered = newest(known.delivered(), now.delivered());
            Optional<ChatMessage> read = newest(known.read(), now.read());
            known = now;
            own.headMap(now.read(), true).clear();
            read.ifPresent(message -> output.seen(conversation.peer() + " has read up to your message", message));
            delivered
                    .filter(message -> message.position().isAfter(now.read()))
                    .ifPresent(message ->
                            output.seen("delivered to " + conversation.peer() + " up to your message", message));
        } finally {
            lock.unlock();
        }
    }

    private static Position later(Position one, Position other) {
        return one.isAfter(other) ? one : other;
    }

    private Optional<ChatMessage> newest(Position after, Position upTo) {
        return Optional.ofNullable(own.floorEntry(upTo))
                .map(Map.Entry::getValue)
                .filter(message -> message.position().isAfter(after));
    }
}
