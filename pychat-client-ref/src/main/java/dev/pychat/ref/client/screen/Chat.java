package dev.pychat.ref.client.screen;

import dev.pychat.client.Conversation;
import dev.pychat.client.IdentityChangedException;
import dev.pychat.client.OutboxFullException;
import dev.pychat.client.PeerIdentity;
import dev.pychat.client.PendingMessage;
import dev.pychat.client.Receipt;
import dev.pychat.client.Subscription;
import dev.pychat.model.Content;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.ref.client.screen.Typed.Order;
import dev.pychat.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A chat: history first, then what is typed is sent and what the peer says appears. */
final class Chat implements Screen {
    private final Session session;
    private final Conversation conversation;
    private final Screen back;
    private final Feed feed;
    private final History history;
    private Subscription subscription = () -> {};
    private boolean verified;

    Chat(Session session, Conversation conversation, Screen back) {
        this.session = session;
        this.conversation = conversation;
        this.back = back;
        Marks marks =
                new Marks(conversation, session.output(), session.console().interactive());
        this.feed = new Feed(conversation, session.output(), session.sent(), marks);
        this.history = new History(conversation, session.output(), marks);
    }

    private Username peer() {
        return conversation.peer();
    }

    @Override
    public String prompt() {
        return "to " + peer() + (isVerified() ? " (verified)> " : "> ");
    }

    private boolean isVerified() {
        return verified && !session.news().isChanged(peer());
    }

    @Override
    public List<Command> commands() {
        return List.of(
                Command.VERIFY,
                Command.ACCEPT,
                Command.REWRAP,
                Command.EVIDENCE,
                Command.FORGET,
                Command.RECEIPTS,
                Command.HISTORY,
                Command.SHOW,
                Command.STATUS,
                Command.BLOCK,
                Command.UNBLOCK,
                Command.TALK,
                Command.BACK);
    }

    @Override
    public Screen enter() throws PychatException, InterruptedException {
        session.news().chatOpened(peer());
        subscription = conversation.addListener(feed);
        boolean shown = false;
        try {
            look();
            session.output()
                    .say("Chat with " + peer() + (isVerified() ? ", who is verified" : "")
                            + ". !BACK returns, !HELP shows what is understood.");
            sayPolicy();
            Position last = history.showLatest();
            showPending(conversation.pending().messages());
            feed.goOnBehind(last);
            shown = true;
        } finally {
            if (!shown) {
                leave();
            }
        }
        return this;
    }

    /** What becomes of what is written here, unless it is kept as always. */
    private void sayPolicy() throws PychatException, InterruptedException {
        conversation
                .historyPolicy()
                .sentence()
                .ifPresent(sentence -> session.output().notice("What is said here: " + sentence + "."));
    }

    /** What one of these turns into when the server has accepted it comes as every message does. */
    private void showPending(List<PendingMessage> messages) {
        Optional<Username> user = session.client().user();
        if (user.isPresent()) {
            messages.forEach(message -> session.output().pending(user.get(), message.content()));
        }
    }

    /** What waits is asked for first, so that a message that is accepted meanwhile is shown, and shown once. */
    private void showAll() throws PychatException, InterruptedException {
        List<PendingMessage> waiting = new ArrayList<>(conversation.pending().messages());
        boolean something =
                history.showAll(id -> waiting.removeIf(message -> message.id().equals(id)));
        if (!something && waiting.isEmpty()) {
            session.output().say(History.NOTHING);
        }
        showPending(waiting);
    }

    @Override
    public Screen instead() {
        return back;
    }

    @Override
    public Screen order(Order order) throws PychatException, InterruptedException {
        switch (order.command()) {
            case VERIFY -> {
                for (Peer named : peer(order)) {
                    named.verify();
                }
                look();
                return this;
            }
            case ACCEPT -> {
                accept(order);
                look();
                return this;
            }
            case REWRAP -> {
                for (Peer named : peer(order)) {
                    named.rewrap();
                }
                return this;
            }
            case EVIDENCE -> {
                new EvidenceScreen(session).write(order.argument());
                return this;
            }
            case FORGET -> {
                new ForgetScreen(session).order(order.argument());
                return this;
            }
            case RECEIPTS -> {
                new ReceiptScreen(session).order(order.argument());
                return this;
            }
            case STATUS -> {
                new StatusScreen(session).show(conversation);
                return this;
            }
            case BLOCK -> {
                new BlockScreen(session).block(order.argument(), Optional.of(peer()));
                return this;
            }
            case UNBLOCK -> {
                new BlockScreen(session).unblock(order.argument(), Optional.of(peer()));
                return this;
            }
            case HISTORY -> {
                showAll();
                return this;
            }
            case SHOW -> {
                history.showWhole(order.argument());
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

    private List<Peer> peer(Order order) throws PychatException, InterruptedException {
        return Peer.of(session, order.argument(), Optional.of(conversation)).stream()
                .toList();
    }

    private void accept(Order order) throws PychatException, InterruptedException {
        for (Peer named : peer(order)) {
            if (named.accept() && named.name().equals(peer())) {
                history.showChange();
            }
        }
    }

    /** Whether the mark is there; without an answer of the server, what this device knows. */
    private void look() throws StoreException, InterruptedException {
        try {
            PeerIdentity identity = conversation.identity();
            verified = identity.verified() && identity.change().isEmpty();
        } catch (StoreException e) {
            throw e;
        } catch (PychatException e) {
            // Nothing is known of the peer yet, and what is sent says why.
            verified = false;
        }
    }

    @Override
    public void text(String text) throws PychatException, InterruptedException {
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        if (size > Content.MAX_BODY) {
            session.output()
                    .unsent("This was not sent: it has " + size + " bytes, allowed are " + Content.MAX_BODY + ".");
            return;
        }
        Receipt receipt;
        try {
            receipt = sendOnceThereIsRoom(text);
        } catch (IdentityChangedException e) {
            session.output().unsent("This was not sent: " + e.getMessage() + ". !ACCEPT asks you.");
            return;
        } catch (IllegalArgumentException | PychatException e) {
            notSent(e);
            return;
        }
        if (!session.console().interactive()) {
            session.sent().awaitKept(conversation, receipt);
        }
    }

    private void notSent(Exception why) throws StoreException {
        session.output().unsent("This was not sent: " + why.getMessage());
        session.sent().fails(why);
        Optional<StoreException> store = Sent.storeBehind(why);
        if (store.isPresent() && !session.console().interactive()) {
            throw store.get();
        }
    }

    /** A script may write faster than the server accepts; a person is told. */
    private Receipt sendOnceThereIsRoom(String text) throws PychatException, InterruptedException {
        try {
            return feed.send(text);
        } catch (OutboxFullException e) {
            if (session.console().interactive() || !session.client().awaitAccepted(Session.PATIENCE_OF_A_SCRIPT)) {
                throw e;
            }
            return feed.send(text);
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
