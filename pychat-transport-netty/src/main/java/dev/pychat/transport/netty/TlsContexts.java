package dev.pychat.transport.netty;

import dev.pychat.transport.TransportException;
import dev.pychat.wire.ProtocolVersion;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.security.cert.X509Certificate;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the server's end of TLS for each connection, from the certificate that is shown at that moment. A context is made when there
 * is another certificate; connections that are open keep what they began with.
 *
 * <p>Thread-safe.
 */
final class TlsContexts {

    private static final ApplicationProtocolConfig PROTOCOL = new ApplicationProtocolConfig(
            ApplicationProtocolConfig.Protocol.ALPN,
            // The one way that BoringSSL knows: who asks for something else gets no answer, and is closed behind the
            // handshake.
            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
            ProtocolVersion.ALPN);

    private final ReentrantLock lock = new ReentrantLock();
    private final SslProvider provider;
    private final Supplier<ServerCertificate> certificate;
    private final boolean clientCertificates;
    private final LongSupplier nanos;
    private @Nullable Shown shown;
    private boolean closed;

    private record Shown(ServerCertificate certificate, SslContext context, Tickets tickets) {}

    TlsContexts(SslProvider provider, Supplier<ServerCertificate> certificate, boolean clientCertificates) {
        this(provider, certificate, clientCertificates, System::nanoTime);
    }

    /** The same with another clock for the keys of tickets: it only runs, as {@link System#nanoTime} does. */
    TlsContexts(
            SslProvider provider,
            Supplier<ServerCertificate> certificate,
            boolean clientCertificates,
            LongSupplier nanos) {
        this.provider = provider;
        this.certificate = certificate;
        this.clientCertificates = clientCertificates;
        this.nanos = nanos;
    }

    /** Makes what the first connection needs; so a key that can't be used is known before one comes. */
    void prepare() throws TransportException {
        ServerCertificate now = certificate.get();
        lock.lock();
        try {
            present(now);
        } catch (SSLException e) {
            String whose = provider == SslProvider.JDK ? "the TLS of Java" : "native TLS (BoringSSL)";
            throw new TransportException(
                    TransportException.Kind.FAILED,
                    "the TLS key or certificate can't be used by " + whose + ": " + reason(e),
                    e);
        } finally {
            lock.unlock();
        }
    }

    /** What Netty says itself is that there was a problem. */
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return String.valueOf(innermost.getMessage());
    }

    /** TLS for one connection. */
    SslHandler handler(ByteBufAllocator buffers) throws SSLException {
        ServerCertificate now = certificate.get();
        lock.lock();
        try {
            if (closed) {
                throw new SSLException("the listener is closed");
            }
            Shown present = present(now);
            present.tickets().renewIfDue();
            return present.context().newHandler(buffers);
        } finally {
            lock.unlock();
        }
    }

    private Shown present(ServerCertificate now) throws SSLException {
        Shown present = shown;
        if (present == null || present.certificate() != now) {
            present = shown(now);
            release();
            shown = present;
        }
        return present;
    }

    private Shown shown(ServerCertificate now) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forServer(
                        now.key(), now.chain().toArray(new X509Certificate[0]))
                .sslProvider(provider)
                .protocols("TLSv1.3")
                .applicationProtocolConfig(PROTOCOL)
                .clientAuth(clientCertificates ? ClientAuth.REQUIRE : ClientAuth.NONE);
        if (clientCertificates && provider != SslProvider.JDK) {
            builder.trustManager(ClientTrust.in(now.clientIssuers()));
        } else if (!now.clientIssuers().isEmpty()) {
            builder.trustManager(now.clientIssuers().toArray(new X509Certificate[0]));
        }
        SslContext context = tried(builder.build());
        return new Shown(
                now, context, provider == SslProvider.JDK ? Tickets.OF_THE_JDK : new NativeTickets(context, nanos));
    }

    private static SslContext tried(SslContext context) throws SSLException {
        boolean usable = false;
        try {
            TrialHandshake.with(context);
            usable = true;
            return context;
        } finally {
            if (!usable) {
                ReferenceCountUtil.release(context);
            }
        }
    }

    /** The last one is not needed for new connections any more. Idempotent. */
    void close() {
        lock.lock();
        try {
            closed = true;
            release();
        } finally {
            lock.unlock();
        }
    }

    private void release() {
        if (shown != null) {
            ReferenceCountUtil.release(shown.context());
            shown = null;
        }
    }
}
