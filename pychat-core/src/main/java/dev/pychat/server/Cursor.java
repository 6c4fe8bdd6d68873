package dev.pychat.server;

import dev.pychat.bus.Hint;
import dev.pychat.model.ConversationId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * How far one connection has been sent one conversation, how far it has acknowledged, and what hints brought that comes
 * next. What hints brought is a convenience: whatever is missing is read from the store, and nothing is sent but what
 * follows the last position sent.
 *
 * <p>Guarded by the lock of {@link Delivery}.
 */
final class Cursor {

    private static final int MOST_CARRIED = 64;
    private static final int MOST_CARRIED_BYTES = 256 * 1024;

    private final Username peer;
    private final ConversationId conversation;
    private final ArrayDeque<StoredMessage> carried = new ArrayDeque<>(0);
    private final ArrayDeque<Integer> unacknowledged = new ArrayDeque<>(0);
    private int carriedBytes;
    private long sent;
    private long head;
    private long acknowledged;

    Cursor(Username peer, ConversationId conversation, Position after) {
        this.peer = peer;
        this.conversation = conversation;
        this.sent = after.value();
        this.head = after.value();
    }

    Username peer() {
        return peer;
    }

    ConversationId conversation() {
        return conversation;
    }

    Position sent() {
        return new Position(sent);
    }

    boolean isBehind() {
        return head > sent;
    }

    /** How many messages wait for their acknowledgement. */
    int outstanding() {
        return unacknowledged.size();
    }

    /** Takes a hint, and the messages that came with it if there is room for them; true if it told something new. */
    boolean hint(Hint hint, boolean mayCarry) {
        boolean news = hint.head().value() > head;
        if (mayCarry) {
            hint.carried().forEach(this::carry);
        }
        head = Math.max(head, hint.head().value());
        return news;
    }

    private void carry(StoredMessage message) {
        long next = sent + carried.size() + 1;
        int size = message.envelope().value().size();
        if (message.position().value() == next
                && carried.size() < MOST_CARRIED
                && carriedBytes + size <= MOST_CARRIED_BYTES) {
            carried.add(message);
            carriedBytes += size;
        }
    }

    /** Whether hints have brought all that is to be sent. */
    boolean isAllCarried() {
        return head <= sent + carried.size();
    }

    /** What hints brought and comes next. */
    Collection<StoredMessage> carried() {
        return Collections.unmodifiableCollection(carried);
    }

    /** What hints brought and comes next, at most so many messages; empty if the store has to be asked. */
    List<StoredMessage> carried(int most) {
        List<StoredMessage> next = new ArrayList<>();
        for (StoredMessage message : carried) {
            if (next.size() == most) {
                break;
            }
            next.add(message);
        }
        return next;
    }

    long head() {
        return head;
    }

    /** The store's word on where the conversation ends at the least. */
    void learn(Position stored) {
        head = Math.max(head, stored.value());
    }

    /** The store had nothing further when asked for what {@code believed} promises: unless there are later news, so it is. */
    void disbelieve(long believed) {
        if (head == believed) {
            head = sent;
        }
    }

    /** These were sent; they begin where the last ones ended. Returns the bytes that now wait to be acknowledged. */
    long sent(List<StoredMessage> messages) {
        long bytes = 0;
        for (StoredMessage message : messages) {
            int size = message.envelope().value().size();
            sent++;
            if (sent > acknowledged) {
                unacknowledged.add(size);
                bytes += size;
            }
            StoredMessage first = carried.peek();
            if (first != null && first.position().value() <= sent) {
                carriedBytes -= first.envelope().value().size();
                carried.remove();
            }
        }
        return bytes;
    }

    /**
     * The client has taken everything in up to there. What it holds already, having asked for it, costs no credit when it is
     * sent; but that is believed only so far beyond the head, or one acknowledgement would switch credit off for ever. Returns
     * the bytes that this sets free.
     */
    long acknowledge(Position upTo, int beyondHead) {
        acknowledged = Math.max(acknowledged, Math.min(upTo.value(), head + beyondHead));
        long bytes = 0;
        long first = sent - unacknowledged.size() + 1;
        for (long position = first; position <= Math.min(upTo.value(), sent); position++) {
            bytes += unacknowledged.remove();
        }
        return bytes;
    }

    /** The bytes of what hints brought and was not sent yet. */
    int carriedBytes() {
        return carriedBytes;
    }

    /** The bytes that wait for their acknowledgement. */
    long outstandingBytes() {
        return unacknowledged.stream().mapToLong(Integer::longValue).sum();
    }
}
