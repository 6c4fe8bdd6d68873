package dev.pychat.ref.client.screen;

import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.CloseReason;
import dev.pychat.transport.Connection;
import dev.pychat.transport.ConnectionAcceptor;
import dev.pychat.transport.TransportException;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.ServerFrame;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A way to a server that can be cut and mended. Thread-safe. */
final class CutLine implements ClientTransport {
    private final ClientTransport real;
    private final List<Connection<ClientFrame>> open = new CopyOnWriteArrayList<>();
    private volatile boolean cut;

    CutLine(ClientTransport real) {
        this.real = real;
    }

    void cut() {
        cut = true;
        open.forEach(connection -> connection.close(CloseReason.local("cut by a test")));
    }

    void mend() {
        cut = false;
    }

    @Override
    public Connection<ClientFrame> connect(ConnectionAcceptor<ServerFrame, ClientFrame> acceptor)
            throws TransportException, InterruptedException {
        if (cut) {
            throw new TransportException(TransportException.Kind.REFUSED, "cut by a test");
        }
        Connection<ClientFrame> connection = real.connect(acceptor);
        open.add(connection);
        return connection;
    }

    @Override
    public String address() {
        return real.address();
    }
}
