package dev.pychat.transport;

import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.FrameDecoder;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.WireLimits;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt to connect, and then the reading of the connection it made. Whoever waits for it may give it up. */
final class TlsAttempt {

    private static final Logger log = LoggerFactory.getLogger(TlsAttempt.class);

    private final TlsClient target;
    private final ConnectionAcceptor<ServerFrame, ClientFrame> acceptor;
    private final CompletableFuture<Connection<ClientFrame>> connection = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Socket socket;
    private boolean givenUp;

    TlsAttempt(TlsClient target, ConnectionAcceptor<ServerFrame, ClientFrame> acceptor) {
        this.target = target;
        this.acceptor = acceptor;
    }

    CompletableFuture<Connection<ClientFrame>> connection() {
        return connection;
    }

    /** Gives up, unless the connection was made a moment before: then false, and it is there. */
    boolean giveUp() {
        boolean inTime = connection.completeExceptionally(new CancellationException("given up"));
        if (inTime) {
            abort();
        }
        return inTime;
    }

    /** Closes whatever is open, now or in a moment. */
    void abort() {
        lock.lock();
        try {
            givenUp = true;
            close(socket);
        } finally {
            lock.unlock();
        }
    }

    void run() {
        StreamConnection<ServerFrame, ClientFrame> made;
        try {
            TlsDuplex duplex = handshake();
            made = new StreamConnection<>(
                    duplex,
                    FrameDecoder.ofServerFrames(WireLimits.MAX_FRAME, WireLimits.MAX_HEADER),
                    WireLimits.MAX_FRAME,
                    target.options(),
                    () -> {});
        } catch (TransportException | RuntimeException e) {
            abort();
            connection.completeExceptionally(e);
            return;
        }
        if (connection.complete(made)) {
            made.run(acceptor);
        } else {
            abort();
        }
    }

    private TlsDuplex handshake() throws TransportException {
        try {
            Socket raw = connect();
            SSLContext context = target.contexts().get().get();
            TlsDuplex duplex = TlsDuplex.client(raw, context, target.host(), target.port());
            if (duplex.handshake()) {
                duplex.serverKey().ifPresent(key -> target.trust().proved(target.host(), target.port(), key));
                return duplex;
            }
            throw failure(TransportException.Kind.NOT_PYCHAT, "speaks TLS, but not the pychat protocol", null);
        } catch (IOException e) {
            throw explain(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS can't be set up: " + e.getMessage(), e);
        }
    }

    /** Tries each address of the host in turn: a name may have one of each family, and only one of them answer. */
    private Socket connect() throws IOException {
        IOException last = new UnknownHostException(target.host());
        for (InetAddress address : InetAddress.getAllByName(target.host())) {
            Socket raw = open();
            try {
                raw.connect(new InetSocketAddress(address, target.port()), (int)
                        target.options().connectTimeout().toMillis());
                return raw;
            } catch (IOException e) {
                close(raw);
                last = e;
            }
        }
        throw last;
    }

    private Socket open() throws IOException {
        lock.lock();
        try {
            if (givenUp) {
                throw new IOException("given up");
            }
            Socket raw = new Socket();
            socket = raw;
            return raw;
        } finally {
            lock.unlock();
        }
    }

    private TransportException explain(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof TrustRefusedException refusal) {
                return refusal;
            }
        }
        String message = String.valueOf(e.getMessage());
        if (e instanceof UnknownHostException) {
            return failure(TransportException.Kind.UNKNOWN_HOST, "cannot be found: the name has no address", e);
        } else if (e instanceof ConnectException) {
            return failure(TransportException.Kind.REFUSED, "does not take connections: " + message, e);
        } else if (e instanceof SSLHandshakeException && message.contains("no_application_protocol")) {
            return failure(TransportException.Kind.NOT_PYCHAT, "speaks TLS, but not the pychat protocol", e);
        } else if (e instanceof SSLException && !(e.getCause() instanceof EOFException)) {
            return failure(TransportException.Kind.NOT_TLS, "does not speak TLS 1.3: " + message, e);
        }
        return failure(TransportException.Kind.FAILED, "closed the connection or cannot be reached: " + message, e);
    }

    private TransportException failure(TransportException.Kind kind, String what, @Nullable Throwable cause) {
        String message = target.address() + " " + what;
        return cause == null ? new TransportException(kind, message) : new TransportException(kind, message, cause);
    }

    private static void close(@Nullable Socket socket) {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                log.debug("closing a socket failed", e);
            }
        }
    }
}
