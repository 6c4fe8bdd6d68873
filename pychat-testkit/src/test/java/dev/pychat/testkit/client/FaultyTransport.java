package dev.pychat.testkit.client;

import dev.pychat.model.Bytes;
import dev.pychat.model.MessageId;
import dev.pychat.testkit.transport.ForwardingConnection;
import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.CloseReason;
import dev.pychat.transport.Connection;
import dev.pychat.transport.ConnectionAcceptor;
import dev.pychat.transport.FrameHandler;
import dev.pychat.transport.TransportException;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.MalformedFrameException;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.Submit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A way to a server on which single frames can be dropped or exchanged, in both directions, and which can be cut for good. It
 * remembers the bytes of everything submitted.
 */
final class FaultyTransport implements ClientTransport {

    private final ClientTransport real;
    private final Map<MessageId, Set<Bytes>> submitted = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<Tap> taps = new CopyOnWriteArrayList<>();
    private volatile Function<ClientFrame, Optional<ClientFrame>> outgoing = Optional::of;
    private volatile Function<ServerFrame, Optional<ServerFrame>> incoming = Optional::of;
    private volatile boolean dead;

    FaultyTransport(ClientTransport real) {
        this.real = real;
    }

    /** What becomes of a frame to the server; empty drops it. */
    void outgoing(Function<ClientFrame, Optional<ClientFrame>> fate) {
        outgoing = fate;
    }

    /** What becomes of a frame from the server; empty drops it. */
    void incoming(Function<ServerFrame, Optional<ServerFrame>> fate) {
        incoming = fate;
    }

    /** Cuts every connection and makes no further one: from here on, the client is alone. */
    void kill() {
        dead = true;
        cut();
    }

    /** Cuts every connection; others may follow. */
    void cut() {
        taps.forEach(tap -> tap.connection.close(CloseReason.local("cut by a test")));
    }

    /** How many connections have not ended. */
    long open() {
        return taps.stream().filter(tap -> !tap.ended).count();
    }

    /** Sends a frame that the client knows nothing of. */
    void inject(ClientFrame frame) {
        taps.get(taps.size() - 1).connection.send(frame);
    }

    /** Gives the client a frame that the server knows nothing of. */
    void deliver(ServerFrame frame) {
        taps.get(taps.size() - 1).handler.onFrame(frame);
    }

    /** The different bytes that were submitted under each id. */
    Map<MessageId, Set<Bytes>> submitted() {
        return submitted;
    }

    @Override
    public Connection<ClientFrame> connect(ConnectionAcceptor<ServerFrame, ClientFrame> acceptor)
            throws TransportException, InterruptedException {
        if (dead) {
            throw new TransportException(TransportException.Kind.REFUSED, "cut by a test");
        }
        return real.connect(connection -> {
            Tap tap = new Tap(connection);
            taps.add(tap);
            tap.handler = acceptor.accept(tap);
            return tap;
        });
    }

    @Override
    public String address() {
        return real.address();
    }

    private final class Tap extends ForwardingConnection<ClientFrame> implements FrameHandler<ServerFrame> {

        private final Connection<ClientFrame> connection;
        private volatile FrameHandler<ServerFrame> handler;
        private volatile boolean ended;

        private Tap(Connection<ClientFrame> connection) {
            super(connection);
            this.connection = connection;
        }

        @Override
        public boolean send(ClientFrame frame) {
            Optional<ClientFrame> left = dead ? Optional.empty() : outgoing.apply(frame);
            if (left.isPresent() && left.get() instanceof Submit submit) {
                submitted
                        .computeIfAbsent(submit.mid(), absent -> ConcurrentHashMap.newKeySet())
                        .add(submit.envelope().value());
            }
            return left.isEmpty() || connection.send(left.get());
        }

        @Override
        public void onFrame(ServerFrame frame) {
            (dead ? Optional.<ServerFrame>empty() : incoming.apply(frame)).ifPresent(handler::onFrame);
        }

        @Override
        public void onMalformed(MalformedFrameException fault) {
            handler.onMalformed(fault);
        }

        @Override
        public void onClosed(CloseReason reason) {
            handler.onClosed(reason);
            ended = true;
        }
    }
}
