package dev.pychat.server;

import dev.pychat.model.ConversationId;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import dev.pychat.store.InboxEntry;
import dev.pychat.store.InboxPage;
import dev.pychat.store.MessagePage;
import dev.pychat.wire.Ack;
import dev.pychat.wire.Follow;
import dev.pychat.wire.Inbox;
import dev.pychat.wire.MarkRead;
import dev.pychat.wire.Ok;
import dev.pychat.wire.Page;
import dev.pychat.wire.Since;
import dev.pychat.wire.Submit;
import dev.pychat.wire.Unfollow;
import dev.pychat.wire.WireLimits;

/** What a member asks about conversations. Confined to the connection's queue. */
final class Conversations {

    private final Engine engine;
    private final ClientConnection connection;
    private final Submissions submissions;

    Conversations(Engine engine, ClientConnection connection) {
        this.engine = engine;
        this.connection = connection;
        this.submissions = new Submissions(engine, connection);
    }

    void submit(Submit frame, Member member) throws PychatException {
        submissions.submit(frame, member);
    }

    /** Whether it is known already what else the store would be asked for. */
    boolean isShort(Submit frame, Member member) {
        return member.peers().isKnownReachable(frame.to()) && submissions.isKnown(frame, member);
    }

    void page(Page frame, Member member) throws PychatException {
        ConversationId conversation = member.peers().conversation(frame.with());
        MessagePage page = engine.messages().page(conversation, frame.before(), most(frame.limit(), member));
        member.frames().answerBackwards(frame.id(), frame.with(), page.messages());
    }

    void since(Since frame, Member member) throws PychatException {
        ConversationId conversation = member.peers().conversation(frame.with());
        MessagePage page = engine.messages().since(conversation, frame.after(), most(frame.limit(), member));
        member.frames().answerForwards(frame.id(), frame.with(), page.messages(), page.head());
    }

    void follow(Follow frame, Member member) throws PychatException {
        ConversationId conversation = member.peers().conversation(frame.with());
        Position head = member.delivery().follow(frame.with(), conversation, frame.after());
        connection.answer(new Ok(frame.id(), head, Position.NONE));
    }

    void unfollow(Unfollow frame, Member member) throws PychatException {
        member.delivery().unfollow(member.peers().conversation(frame.with()));
        connection.answer(Requests.done(frame.id()));
    }

    void ack(Ack frame, Member member) throws PychatException {
        member.delivery().acknowledge(member.peers().conversation(frame.with()), frame.upTo());
    }

    void inbox(Inbox frame, Member member) throws PychatException {
        int limit = Math.min(frame.limit(), WireLimits.MAX_INBOX);
        InboxPage page = engine.messages().inbox(member.user(), frame.after(), limit);
        connection.answer(new dev.pychat.wire.InboxPage(
                frame.id(), page.entries().stream().map(Frames::entry).toList(), page.more()));
    }

    void markRead(MarkRead frame, Member member) throws PychatException {
        ConversationId conversation = member.peers().conversation(frame.with());
        if (!engine.messages().since(conversation, Position.NONE, 1).head().isMessage()) {
            connection.answer(Requests.done(frame.id()));
            return;
        }
        InboxEntry entry = engine.messages().markRead(conversation, member.user(), frame.upTo());
        member.delivery().inboxNews().markerTold(conversation, entry.read());
        connection.answer(new Ok(frame.id(), Position.NONE, entry.read()));
        engine.announcer().marked(member, frame.with(), conversation, entry.head());
    }

    private static int most(int asked, Member member) {
        return Math.min(asked, member.frames().page());
    }
}
