package dev.pychat.endtoend.chaos;

import dev.pychat.testkit.transport.ForwardingConnection;
import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.CloseReason;
import dev.pychat.transport.Connection;
import dev.pychat.transport.ConnectionAcceptor;
import dev.pychat.transport.FrameHandler;
import dev.pychat.transport.TransportException;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.Credential;
import dev.pychat.wire.LogIn;
import dev.pychat.wire.MalformedFrameException;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Session;
import dev.pychat.wire.SignUp;
import java.util.function.Consumer;

/** A way to the server that tells which tokens and login secrets went over it, so that logs can be searched for them. */
record SecretTap(ClientTransport way, Consumer<Credential> heard) implements ClientTransport {

    @Override
    public Connection<ClientFrame> connect(ConnectionAcceptor<ServerFrame, ClientFrame> acceptor)
            throws TransportException, InterruptedException {
        return way.connect(connection -> new Received(acceptor.accept(new Sent(connection, heard)), heard));
    }

    @Override
    public ClientTransport forOneClient() {
        return new SecretTap(way.forOneClient(), heard);
    }

    @Override
    public String address() {
        return way.address();
    }

    private record Received(FrameHandler<ServerFrame> handler, Consumer<Credential> heard)
            implements FrameHandler<ServerFrame> {
        @Override
        public void onFrame(ServerFrame frame) {
            if (frame instanceof Session session) {
                heard.accept(session.token());
            }
            handler.onFrame(frame);
        }

        @Override
        public void onMalformed(MalformedFrameException fault) {
            handler.onMalformed(fault);
        }

        @Override
        public void onTimedOut(String text) {
            handler.onTimedOut(text);
        }

        @Override
        public void onClosed(CloseReason reason) {
            handler.onClosed(reason);
        }
    }

    private static final class Sent extends ForwardingConnection<ClientFrame> {
        private final Consumer<Credential> heard;

        Sent(Connection<ClientFrame> connection, Consumer<Credential> heard) {
            super(connection);
            this.heard = heard;
        }

        @Override
        public boolean send(ClientFrame frame) {
            if (frame instanceof LogIn logIn) {
                heard.accept(logIn.secret());
            } else if (frame instanceof SignUp signUp) {
                heard.accept(signUp.secret());
            }
            return super.send(frame);
        }
    }
}
