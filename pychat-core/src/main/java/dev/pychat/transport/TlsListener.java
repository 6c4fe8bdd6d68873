package dev.pychat.transport;

import dev.pychat.transport.internal.Later;
import dev.pychat.transport.internal.NamedThreads;
import dev.pychat.transport.internal.OpenConnections;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.ServerFrame;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts sockets, shakes hands on a thread of each connection, and hands over what speaks this protocol. */
final class TlsListener implements Listener {

    private static final Logger log = LoggerFactory.getLogger(TlsListener.class);
    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final int MOST_UNREAD = 16 * 1024;
    private static final long AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(100);

    private final ServerSocket socket;
    private final Supplier<SSLContext> context;
    private final boolean clientCertificates;
    private final TransportOptions options;
    private final ConnectionAcceptor<ClientFrame, ServerFrame> acceptor;
    private final OpenConnections open;
    private final Semaphore turns = HandshakeInput.turns();

    TlsListener(
            ServerSocket socket,
            Supplier<SSLContext> context,
            boolean clientCertificates,
            TransportOptions options,
            ConnectionAcceptor<ClientFrame, ServerFrame> acceptor) {
        this.socket = socket;
        this.context = context;
        this.clientCertificates = clientCertificates;
        this.options = options;
        this.acceptor = acceptor;
        this.open = new OpenConnections(options.maxConnections(), options.maxPerAddress());
    }

    void start() {
        NamedThreads.factory("accept-" + port()).newThread(this::acceptAll).start();
    }

    private void acceptAll() {
        while (!socket.isClosed()) {
            try {
                take(socket.accept());
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                if (!socket.isClosed()) {
                    log.warn("accepting a connection failed: {}", e.toString());
                    LockSupport.parkNanos(AFTER_FAILURE); // out of files, perhaps: others have to end first
                }
            }
        }
    }

    private void take(Socket raw) throws IOException {
        String address = raw.getInetAddress().getHostAddress();
        // A thread that waits in accept() may be given one more connection after the socket was closed.
        if (socket.isClosed() || !open.enter(AddressGroup.of(address))) {
            log.debug("no place for a connection of {}", address);
            raw.close();
            return;
        }
        try {
            Threads.BLOCKING.execute(() -> serve(raw, address));
        } catch (RuntimeException | Error e) {
            open.leave(AddressGroup.of(address));
            raw.close();
            throw e;
        }
    }

    private void serve(Socket raw, String address) {
        Runnable abort = () -> closeQuietly(raw);
        open.add(abort);
        Optional<TlsDuplex> duplex = Optional.empty();
        try {
            duplex = handshake(raw, abort);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            log.debug("no handshake with {}: {}", address, e.toString());
            if (clientCertificates) {
                linger(raw);
            }
        }
        open.remove(abort);
        if (duplex.isPresent()) {
            ServerEnd.run(duplex.get(), acceptor, options, open);
        } else {
            closeQuietly(raw);
            open.leave(AddressGroup.of(address));
        }
    }

    /**
     * A client has gone on talking when it is told that it has no good certificate, and a socket that is closed with unread input
     * takes the alert back.
     */
    private static void linger(Socket raw) {
        byte[] unread = new byte[MOST_UNREAD];
        Later.Planned end = Threads.after(LINGER, () -> closeQuietly(raw));
        try {
            raw.shutdownOutput();
            int read = raw.getInputStream().readNBytes(unread, 0, unread.length);
            log.debug("{} bytes came behind a handshake that failed", read);
        } catch (IOException e) {
            log.debug("a client did not take that it has no good certificate: {}", e.toString());
        } finally {
            end.cancel();
        }
    }

    /** Empty if the other end does not ask for this protocol. Waiting for a turn counts. */
    private Optional<TlsDuplex> handshake(Socket raw, Runnable abort) throws IOException {
        Later.Planned deadline = Threads.after(options.handshakeTimeout(), abort);
        try {
            return handshakeInTurns(raw);
        } finally {
            deadline.cancel();
        }
    }

    private Optional<TlsDuplex> handshakeInTurns(Socket raw) throws IOException {
        HandshakeInput in = new HandshakeInput(raw.getInputStream(), turns);
        try {
            TlsDuplex duplex = TlsDuplex.server(raw, in, context.get(), clientCertificates);
            if (duplex.handshake()) {
                return Optional.of(duplex);
            }
            log.debug("{} does not ask for this protocol", duplex.remoteAddress());
            return Optional.empty();
        } finally {
            in.over();
        }
    }

    private static void closeQuietly(Socket raw) {
        try {
            raw.close();
        } catch (IOException e) {
            log.debug("closing a socket failed", e);
        }
    }

    @Override
    public String address() {
        InetSocketAddress bound = (InetSocketAddress) socket.getLocalSocketAddress();
        return bound.getHostString() + ":" + bound.getPort();
    }

    @Override
    public int port() {
        return socket.getLocalPort();
    }

    @Override
    public int connections() {
        return open.count();
    }

    @Override
    public void stopAccepting() {
        try {
            socket.close();
        } catch (IOException e) {
            log.warn("closing the listening socket failed: {}", e.toString());
        }
    }

    @Override
    public void close() {
        stopAccepting();
        open.closeAll();
    }
}
