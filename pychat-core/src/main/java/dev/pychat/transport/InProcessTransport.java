package dev.pychat.transport;

import dev.pychat.transport.internal.OpenConnections;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.FrameDecoder;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.WireLimits;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Both ends in one JVM, for embedding and examples. The frames pass through the same bytes, limits and queues as over a
 * network; only TLS is missing, because there is nothing between the ends.
 *
 * <p>Thread-safe.
 */
public final class InProcessTransport implements ServerTransport {

    private static final String ADDRESS = "in-process";

    private final TransportOptions options;
    private final AtomicReference<@Nullable Running> running = new AtomicReference<>();

    private InProcessTransport(TransportOptions options) {
        this.options = options;
    }

    /**
     * Makes one, with default options, except that all of its connections may have the one address that there is.
     *
     * @return a transport on which nothing listens yet
     */
    public static InProcessTransport create() {
        return create(
                TransportOptions.with(options -> options.maxPerAddress(TransportOptions.DEFAULT.maxConnections())));
    }

    /**
     * Makes one.
     *
     * @param options the bounds of both ends
     * @return a transport on which nothing listens yet
     */
    public static InProcessTransport create(TransportOptions options) {
        return new InProcessTransport(options);
    }

    @Override
    public Listener listen(ConnectionAcceptor<ClientFrame, ServerFrame> acceptor) throws TransportException {
        Running listener = new Running(acceptor);
        if (!running.compareAndSet(null, listener)) {
            throw new TransportException(
                    TransportException.Kind.ADDRESS_IN_USE, "something listens on this in-process transport already");
        }
        return listener;
    }

    /**
     * The client's end.
     *
     * @return a transport that reaches whoever listens on this one at that moment
     */
    public ClientTransport client() {
        return new ClientTransport() {
            @Override
            public Connection<ClientFrame> connect(ConnectionAcceptor<ServerFrame, ClientFrame> acceptor)
                    throws TransportException {
                return InProcessTransport.this.connect(acceptor);
            }

            @Override
            public String address() {
                return ADDRESS;
            }
        };
    }

    private Connection<ClientFrame> connect(ConnectionAcceptor<ServerFrame, ClientFrame> acceptor)
            throws TransportException {
        Running listener = running.get();
        if (listener == null) {
            throw new TransportException(TransportException.Kind.REFUSED, "nothing listens in this process");
        }
        if (!listener.open.enter(ADDRESS)) {
            throw new TransportException(TransportException.Kind.REFUSED, "the server takes no further connections");
        }
        BytePipe up = new BytePipe();
        BytePipe down = new BytePipe();
        listener.take(new PipeDuplex(up, down));
        var connection = new StreamConnection<ServerFrame, ClientFrame>(
                new PipeDuplex(down, up),
                FrameDecoder.ofServerFrames(WireLimits.MAX_FRAME, WireLimits.MAX_HEADER),
                WireLimits.MAX_FRAME,
                options,
                () -> {});
        Threads.BLOCKING.execute(() -> connection.run(acceptor));
        return connection;
    }

    private final class Running implements Listener {
        private final ConnectionAcceptor<ClientFrame, ServerFrame> acceptor;
        private final OpenConnections open = new OpenConnections(options.maxConnections(), options.maxPerAddress());

        private Running(ConnectionAcceptor<ClientFrame, ServerFrame> acceptor) {
            this.acceptor = acceptor;
        }

        private void take(Duplex duplex) {
            ServerEnd.start(duplex, acceptor, options, open);
        }

        @Override
        public String address() {
            return ADDRESS;
        }

        @Override
        public int port() {
            return 0;
        }

        @Override
        public int connections() {
            return open.count();
        }

        @Override
        public void stopAccepting() {
            running.compareAndSet(this, null);
        }

        @Override
        public void close() {
            stopAccepting();
            open.closeAll();
        }
    }
}
