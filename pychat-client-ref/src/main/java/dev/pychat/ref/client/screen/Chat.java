package dev.pychat.ref.client.screen;

import dev.pychat.client.Conversation;
import dev.pychat.client.OutboxFullException;
import dev.pychat.client.Subscription;
import dev.pychat.model.Content;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.ref.client.screen.Typed.Order;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A chat: history first, then what is typed is sent and what the peer says appears. */
final class Chat implements Screen {
    private final Session session;
    private final Conversation conversation;
    private final Screen back;
    private final Feed feed;
    private final History history;
    private Subscription subscription = () -> {};

    Chat(Session session, Conversation conversation, Screen back) {
        this.session = session;
        this.conversation = conversation;
        this.back = back;
        this.feed = new Feed(conversation, session.output());
        this.history = new History(conversation, session.output());
    }

    private Username peer() {
        return conversation.peer();
    }

    @Override
    public String prompt() {
        return "to " + peer() + "> ";
    }

    @Override
    public List<Command> commands() {
        return List.of(Command.HISTORY, Command.TALK, Command.BACK);
    }

    @Override
    public Screen enter() throws PychatException, InterruptedException {
        session.news().chatOpened(peer());
        subscription = conversation.addListener(feed);
        boolean shown = false;
        try {
            session.output().say("Chat with " + peer() + ". !BACK returns, !HELP shows what is understood.");
            feed.goOnBehind(history.showLatest());
            shown = true;
        } finally {
            if (!shown) {
                leave();
            }
        }
        return this;
    }

    @Override
    public Screen instead() {
        return back;
    }

    @Override
    public Screen order(Order order) throws PychatException, InterruptedException {
        switch (order.command()) {
            case HISTORY -> {
                history.showAll();
                return this;
            }
            case TALK -> {
                // Whatever becomes of it, this chat is over: lines meant for another must not come here.
                return new TalkTo(session, back).open(order.argument());
            }
            default -> {
                return back;
            }
        }
    }

    @Override
    public void text(String text) throws InterruptedException {
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        if (size > Content.MAX_BODY) {
            session.output()
                    .unsent("This was not sent: it has " + size + " bytes, allowed are " + Content.MAX_BODY + ".");
            return;
        }
        try {
            sendOnceThereIsRoom(text);
        } catch (IllegalArgumentException | PychatException e) {
            session.output().unsent("This was not sent: " + e.getMessage());
        }
    }

    /** A script may write faster than the server accepts; a person is told. */
    private void sendOnceThereIsRoom(String text) throws PychatException, InterruptedException {
        try {
            feed.send(text);
        } catch (OutboxFullException e) {
            if (session.console().interactive() || !session.client().awaitAccepted(Session.PATIENCE_OF_A_SCRIPT)) {
                throw e;
            }
            feed.send(text);
        }
    }

    @Override
    public String misplaced(Command command) {
        return command + " is for another screen: !BACK first.";
    }

    @Override
    public void leave() {
        subscription.close();
        feed.stop();
        session.news().chatLeft(peer(), feed.shown());
    }
}
