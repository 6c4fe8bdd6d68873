package dev.pychat.ref.client.screen;

import dev.pychat.client.ChatMessage;
import dev.pychat.client.ClosedException;
import dev.pychat.client.Conversation;
import dev.pychat.client.MessageListener;
import dev.pychat.client.Receipt;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Shows what arrives in the open chat, each message once, and none of what was typed here, since that stands on the screen
 * already. Until the history is shown it holds back. Thread-safe.
 */
final class Feed implements MessageListener {
    private final Conversation conversation;
    private final Output output;
    private final Sent sent;
    private final Marks marks;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<ChatMessage> held = new ArrayList<>();
    private final Deque<Receipt> typedHere = new ArrayDeque<>();
    private Position shown = Position.NONE;
    private boolean holding = true;
    private boolean stopped;

    Feed(Conversation conversation, Output output, Sent sent, Marks marks) {
        this.conversation = conversation;
        this.output = output;
        this.sent = sent;
        this.marks = marks;
    }

    @Override
    public void onMessage(ChatMessage message) {
        boolean heard;
        lock.lock();
        try {
            if (holding) {
                held.add(message);
            } else {
                show(message);
            }
            heard = !holding && !stopped && !message.mine();
        } finally {
            lock.unlock();
        }
        if (heard) {
            marks.heard();
        }
    }

    /** A message that stands above as one that could not be opened. */
    @Override
    public void onOpenedLate(ChatMessage message) {
        lock.lock();
        try {
            boolean seen = !holding && !stopped && !message.position().isAfter(shown);
            if (seen && message.content().isPresent()) {
                output.notice("message " + message.position() + " could not be opened before, and can be now:");
                output.message(message);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The history up to there was shown. */
    void goOnBehind(Position last) {
        boolean heard;
        lock.lock();
        try {
            shown = last;
            holding = false;
            held.forEach(this::show);
            heard = held.stream().anyMatch(message -> !message.mine());
            held.clear();
        } finally {
            lock.unlock();
        }
        if (heard) {
            marks.heard();
        }
    }

    /** Sends a line; its way back through the server must not be faster than the note that it was typed here. */
    Receipt send(String text) throws PychatException {
        lock.lock();
        try {
            Receipt receipt = conversation.sendText(text);
            typedHere.add(receipt);
            sent.add(conversation.peer(), text, receipt);
            return receipt;
        } finally {
            lock.unlock();
        }
    }

    Position shown() {
        lock.lock();
        try {
            return shown;
        } finally {
            lock.unlock();
        }
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
        } finally {
            lock.unlock();
        }
    }

    private void show(ChatMessage message) {
        if (stopped || !message.position().isAfter(shown)) {
            return;
        }
        shown = message.position();
        Mark mark = marks.of(message);
        if (!(message.mine() && wasTypedHere(message))) {
            output.message(message, mark);
        }
        try {
            conversation.markRead(shown);
        } catch (ClosedException e) {
            stopped = true;
        }
    }

    private boolean wasTypedHere(ChatMessage message) {
        return typedHere.removeIf(receipt -> receipt.id().equals(message.id()));
    }
}
