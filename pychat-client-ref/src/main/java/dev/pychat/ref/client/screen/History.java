package dev.pychat.ref.client.screen;

import dev.pychat.client.ChatMessage;
import dev.pychat.client.Conversation;
import dev.pychat.client.HistoryPage;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Shows what was said before, oldest to newest. Confined to the thread that reads lines. */
final class History {
    private static final int PAGE = 128;
    private static final int MOST = 4096;

    private final Conversation conversation;
    private final Output output;

    History(Conversation conversation, Output output) {
        this.conversation = conversation;
        this.output = output;
    }

    /** Shows the latest page, and further back to the first unread message; gives the last position shown. */
    Position showLatest() throws PychatException, InterruptedException {
        Position read = conversation.readMarker();
        Deque<ChatMessage> messages = new ArrayDeque<>();
        HistoryPage page = conversation.history(Position.NONE, PAGE);
        prepend(page.messages(), messages);
        while (page.more()
                && messages.size() < MOST
                && messages.getFirst().position().isAfter(read.next())) {
            page = conversation.history(messages.getFirst().position(), PAGE);
            prepend(page.messages(), messages);
        }
        if (messages.isEmpty()) {
            output.say("Nothing was said here yet.");
            return Position.NONE;
        }
        if (page.more()) {
            output.say("(There are earlier messages: !HISTORY shows all.)");
        }
        show(messages, read);
        Position last = messages.getLast().position();
        conversation.markRead(last);
        return last;
    }

    private void show(Iterable<ChatMessage> messages, Position read) {
        boolean marked = false;
        for (ChatMessage message : messages) {
            if (!marked && !message.mine() && message.position().isAfter(read)) {
                marked = true;
                output.say("----- unread from here -----");
            }
            output.message(message);
        }
    }

    /** Shows everything from the first message on. */
    void showAll() throws PychatException, InterruptedException {
        Position next = Position.FIRST;
        boolean more = true;
        while (more) {
            Position begin = next;
            for (ChatMessage message :
                    conversation.history(begin.plus(PAGE), PAGE).messages()) {
                if (!begin.isAfter(message.position())) {
                    output.message(message);
                    next = message.position().next();
                }
            }
            more = next.isAfter(begin);
        }
    }

    private static void prepend(List<ChatMessage> page, Deque<ChatMessage> messages) {
        for (int i = page.size() - 1; i >= 0; i--) {
            messages.addFirst(page.get(i));
        }
    }
}
