package dev.pychat.transport;

import dev.pychat.transport.internal.DurationText;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.ServerFrame;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Reaches one server; each connection is made by an attempt of its own, on its own thread. */
record TlsClient(
        String host,
        int port,
        ServerTrust trust,
        Optional<ClientCertificate> own,
        TransportOptions options,
        Supplier<ClientContext> contexts)
        implements ClientTransport {

    /** Whose connections have nothing in common. */
    static TlsClient of(
            String host, int port, ServerTrust trust, Optional<ClientCertificate> own, TransportOptions options) {
        return new TlsClient(host, port, trust, own, options, () -> context(host, port, trust, own));
    }

    private static ClientContext context(String host, int port, ServerTrust trust, Optional<ClientCertificate> own) {
        return new ClientContext(host, port, trust, own, Clock.systemUTC());
    }

    @Override
    public ClientTransport forOneClient() {
        ClientContext kept = context(host, port, trust, own);
        return new TlsClient(host, port, trust, own, options, () -> kept);
    }

    @Override
    public Connection<ClientFrame> connect(ConnectionAcceptor<ServerFrame, ClientFrame> acceptor)
            throws TransportException, InterruptedException {
        TlsAttempt attempt = new TlsAttempt(this, acceptor);
        Threads.BLOCKING.execute(attempt::run);
        try {
            return await(attempt);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TransportException failure) {
                throw failure;
            }
            throw new TransportException(
                    TransportException.Kind.FAILED, "cannot connect to " + address() + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            attempt.giveUp();
            attempt.abort();
            throw e;
        }
    }

    private Connection<ClientFrame> await(TlsAttempt attempt)
            throws ExecutionException, InterruptedException, TransportException {
        long patience = options.connectTimeout().toMillis();
        try {
            return attempt.connection().get(patience, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (!attempt.giveUp()) {
                return attempt.connection().get(); // it came at the last moment
            }
            throw new TransportException(
                    TransportException.Kind.TIMED_OUT,
                    address() + " did not answer within " + DurationText.of(options.connectTimeout()),
                    e);
        }
    }

    /** What remembers pins may write a file, so no network thread waits for it. */
    @Override
    public void announced(KeyPin present, KeyPin next) {
        Threads.BLOCKING.execute(() -> trust.announced(host, port, present, next));
    }

    @Override
    public String address() {
        return host + ":" + port;
    }
}
