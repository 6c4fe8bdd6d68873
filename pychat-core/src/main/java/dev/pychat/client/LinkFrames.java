package dev.pychat.client;

import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.CloseReason;
import dev.pychat.transport.FrameHandler;
import dev.pychat.transport.KeyPin;
import dev.pychat.wire.Accepted;
import dev.pychat.wire.AccountChanged;
import dev.pychat.wire.Bundle;
import dev.pychat.wire.Closing;
import dev.pychat.wire.Epochs;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.InboxChanged;
import dev.pychat.wire.InboxPage;
import dev.pychat.wire.MalformedFrameException;
import dev.pychat.wire.Message;
import dev.pychat.wire.Ok;
import dev.pychat.wire.OneTimeKeyIs;
import dev.pychat.wire.OneTimeKeysLeft;
import dev.pychat.wire.PasswordSaltIs;
import dev.pychat.wire.Pong;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.ServerKey;
import dev.pychat.wire.Session;
import dev.pychat.wire.UnknownReply;
import dev.pychat.wire.UserList;
import dev.pychat.wire.VaultIs;
import dev.pychat.wire.Welcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sorts what a connection receives: replies to the link, pushes to the client. On the connection's thread. */
final class LinkFrames implements FrameHandler<ServerFrame>, ServerFrame.Handler<Boolean> {

    private static final Logger LOG = LoggerFactory.getLogger(LinkFrames.class);

    /** Who takes what the server sends unasked. Called on a network thread: it only hands on. */
    interface Pushes {
        void onMessages(Link link, Message push);

        void onInboxChanged(Link link, InboxChanged push);

        void onAccountChanged(Link link);

        void onClosed(Link link);
    }

    private final Link link;
    private final Pushes pushes;
    private final ClientTransport transport;
    private volatile String farewell = "";

    LinkFrames(Link link, Pushes pushes, ClientTransport transport) {
        this.link = link;
        this.pushes = pushes;
        this.transport = transport;
    }

    @Override
    public void onFrame(ServerFrame frame) {
        link.heard();
        frame.accept(this);
    }

    @Override
    public void onMalformed(MalformedFrameException fault) {
        LOG.warn("the server sent what is no frame: {}", fault.getMessage());
    }

    @Override
    public void onClosed(CloseReason reason) {
        link.closed(farewell.isEmpty() ? reason.text() : farewell);
        pushes.onClosed(link);
    }

    private Boolean answer(ServerFrame.Reply reply) {
        link.answered(reply);
        return true;
    }

    @Override
    public Boolean welcome(Welcome frame) {
        return answer(frame);
    }

    @Override
    public Boolean passwordSaltIs(PasswordSaltIs frame) {
        return answer(frame);
    }

    @Override
    public Boolean session(Session frame) {
        return answer(frame);
    }

    @Override
    public Boolean ok(Ok frame) {
        return answer(frame);
    }

    @Override
    public Boolean userList(UserList frame) {
        return answer(frame);
    }

    @Override
    public Boolean bundle(Bundle frame) {
        return answer(frame);
    }

    @Override
    public Boolean epochs(Epochs frame) {
        return answer(frame);
    }

    @Override
    public Boolean accepted(Accepted frame) {
        link.answered(frame);
        return true;
    }

    @Override
    public Boolean message(Message frame) {
        if (frame.re() != 0) {
            return answer(frame);
        }
        pushes.onMessages(link, frame);
        return true;
    }

    @Override
    public Boolean inboxPage(InboxPage frame) {
        return answer(frame);
    }

    @Override
    public Boolean inboxChanged(InboxChanged frame) {
        pushes.onInboxChanged(link, frame);
        return true;
    }

    @Override
    public Boolean vaultIs(VaultIs frame) {
        return answer(frame);
    }

    @Override
    public Boolean accountChanged(AccountChanged frame) {
        pushes.onAccountChanged(link);
        return true;
    }

    /** On the connection's authority: whoever speaks there has proved to hold the present key. */
    @Override
    public Boolean serverKey(ServerKey frame) {
        link.serverKey().ifPresent(present -> transport.announced(present, new KeyPin(frame.next())));
        return true;
    }

    @Override
    public Boolean oneTimeKeysLeft(OneTimeKeysLeft frame) {
        return answer(frame);
    }

    @Override
    public Boolean oneTimeKeyIs(OneTimeKeyIs frame) {
        return answer(frame);
    }

    @Override
    public Boolean pong(Pong frame) {
        return answer(frame);
    }

    @Override
    public Boolean closing(Closing frame) {
        farewell = frame.text();
        return true;
    }

    @Override
    public Boolean failure(Failure frame) {
        if (frame.re() != 0) {
            return answer(frame);
        }
        farewell = frame.text();
        return true;
    }

    @Override
    public Boolean unknownReply(UnknownReply frame) {
        if (frame.re() != 0) {
            String text = "the server answered with a frame that this program does not know: " + frame.name();
            return answer(new Failure(frame.re(), ErrorCode.UNSUPPORTED, text));
        }
        LOG.debug("a frame of a newer protocol was left aside: {}", frame.name());
        return true;
    }
}
