package dev.pychat.ref.client.screen;

import dev.pychat.client.AcceptedChange;
import dev.pychat.client.ChatMessage;
import dev.pychat.client.Conversation;
import dev.pychat.client.HistoryGap;
import dev.pychat.client.HistoryPage;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Shows what was said before, oldest to newest. Confined to the thread that reads lines. */
final class History {
    static final String NOTHING = "Nothing was said here yet.";

    private static final int PAGE = 128;
    private static final int MOST = 4096;
    private static final Position END = new Position(Long.MAX_VALUE);

    private final Conversation conversation;
    private final Output output;
    private final Marks marks;

    History(Conversation conversation, Output output, Marks marks) {
        this.conversation = conversation;
        this.output = output;
        this.marks = marks;
    }

    /** Shows the latest page, and further back to the first unread message; gives the last position shown. */
    Position showLatest() throws PychatException, InterruptedException {
        Position read = conversation.readMarker();
        Deque<ChatMessage> messages = new ArrayDeque<>();
        HistoryPage page = conversation.history(Position.NONE, PAGE);
        marks.begin();
        Places places = new Places(page.changes());
        Optional<HistoryGap> gap = page.gap();
        prepend(page.messages(), messages);
        while (page.more()
                && messages.size() < MOST
                && messages.getFirst().position().isAfter(read.next())) {
            page = conversation.history(messages.getFirst().position(), PAGE);
            places.add(page.changes());
            prepend(page.messages(), messages);
        }
        if (messages.isEmpty() && gap.isEmpty()) {
            output.say(NOTHING);
        }
        if (page.more()) {
            output.say("(There are earlier messages: !HISTORY shows all.)");
        }
        show(messages, places, read);
        gap.ifPresent(output::gap);
        if (messages.isEmpty()) {
            return Position.NONE;
        }
        Position last = messages.getLast().position();
        conversation.markRead(last);
        return last;
    }

    private void show(Iterable<ChatMessage> messages, Places places, Position read) {
        boolean marked = false;
        for (ChatMessage message : messages) {
            if (!marked && isSaidToUs(message) && message.position().isAfter(read)) {
                marked = true;
                places.showUpTo(message.position());
                places.forgotten.show();
                output.say("----- unread from here -----");
            }
            places.show(message);
        }
        places.showUpTo(END);
        places.forgotten.show();
    }

    private static boolean isSaidToUs(ChatMessage message) {
        return !message.mine() && !Lines.isControl(message);
    }

    /** Shows everything from the first message on, and names each message shown; gives whether there was something to show. */
    boolean showAll(Consumer<MessageId> shown) throws PychatException, InterruptedException {
        Places places = new Places(List.of());
        Position next = Position.FIRST;
        boolean more = true;
        Optional<HistoryGap> gap = Optional.empty();
        while (more) {
            Position begin = next;
            HistoryPage page = conversation.history(begin.plus(PAGE), PAGE);
            marks.begin();
            places.add(page.changes());
            for (ChatMessage message : page.messages()) {
                if (!begin.isAfter(message.position())) {
                    places.show(message);
                    shown.accept(message.id());
                    next = message.position().next();
                }
            }
            more = next.isAfter(begin);
            gap = page.gap();
        }
        places.showUpTo(END);
        places.forgotten.show();
        gap.ifPresent(output::gap);
        return next.isAfter(Position.FIRST) || gap.isPresent();
    }

    /** Shows the change of identity that was accepted last. */
    void showChange() throws PychatException, InterruptedException {
        List<AcceptedChange> changes = conversation.history(Position.NONE, PAGE).changes();
        if (!changes.isEmpty()) {
            output.change(conversation.peer(), changes.get(changes.size() - 1));
        }
    }

    /** The changes of identity, and the forgotten messages, that were not shown yet. */
    private final class Places {
        private final SortedSet<AcceptedChange> left =
                new TreeSet<>(Comparator.comparing(AcceptedChange::from).thenComparing(AcceptedChange::accepted));
        private final ForgottenRun forgotten = new ForgottenRun(output);
        private Position shown = Position.NONE;

        Places(List<AcceptedChange> changes) {
            add(changes);
        }

        void add(List<AcceptedChange> changes) {
            for (AcceptedChange change : changes) {
                if (change.from().isAfter(shown)) {
                    left.add(change);
                }
            }
        }

        /** Shows a message, behind what stands in front of it. */
        void show(ChatMessage message) {
            showUpTo(message.position());
            if (!forgotten.take(message)) {
                output.message(message, marks.of(message));
            }
        }

        /** Shows those that stand in front of a message. */
        void showUpTo(Position message) {
            while (!left.isEmpty() && !left.first().from().isAfter(message)) {
                forgotten.show();
                output.change(conversation.peer(), left.first());
                left.remove(left.first());
            }
            shown = message;
        }
    }

    /** Shows the one message that stands at a place. */
    void showWhole(String number) throws PychatException, InterruptedException {
        Optional<ChatMessage> message = Optional.empty();
        if (number.matches("[1-9][0-9]{0,17}")) {
            Position place = new Position(Long.parseLong(number));
            message = conversation.history(place.next(), 1).messages().stream()
                    .filter(one -> one.position().equals(place))
                    .findFirst();
        }
        if (message.isPresent()) {
            output.whole(message.get(), marks.of(message.get()));
        } else {
            output.trouble("There is no such message here: " + Command.SHOW + " and the number that stands behind it.");
        }
    }

    private static void prepend(List<ChatMessage> page, Deque<ChatMessage> messages) {
        for (int i = page.size() - 1; i >= 0; i--) {
            messages.addFirst(page.get(i));
        }
    }
}
