package dev.pychat.transport.netty;

import dev.pychat.transport.ServerTransport;
import dev.pychat.transport.TransportException;
import dev.pychat.transport.TransportOptions;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's end of TLS 1.3 on Netty's event loops, ALPN {@code pychat/1} required. It does what {@link
 * dev.pychat.transport.TlsSocketTransport} does, with few threads for any number of connections. TLS is BoringSSL's where its library
 * loads, else the JDK's; the loops are epoll's where its library loads, else NIO's. Which it is {@link #platform} says.
 *
 * <p>Handlers and acceptors are called on an event loop, which serves other connections too: they must not block. Those of {@link
 * dev.pychat.server.ChatServer} only queue.
 *
 * <p>Thread-safe: it has no state.
 */
public final class NettyTransport {

    private static final Logger LOG = LoggerFactory.getLogger(NettyTransport.class);

    private NettyTransport() {}

    /**
     * Which libraries carry connections in this process, for a log or a person.
     *
     * @return words such as {@code native TLS (BoringSSL) on epoll} or {@code TLS of the JDK on NIO}
     */
    public static String platform() {
        return Platform.best().text();
    }

    /**
     * Begins to load the native libraries, for a program that has other things to do before it listens. It returns at once; whoever needs
     * them before they are there waits for them. What does not load shows when it is used.
     */
    public static void load() {
        // Logging that two threads set up at once complains of it.
        LOG.trace("native libraries are being loaded");
        Thread loading = new Thread(NettyTransport::platform, "pychat-load");
        loading.setDaemon(true);
        loading.start();
    }

    /**
     * The server's end.
     *
     * @param address where to listen; port 0 takes any free one
     * @param certificate gives the server's key and certificate; asked for each connection, so that they can be renewed, and so
     *     it gives the same object until they are
     * @param options the bounds
     * @return a transport that listens when told to
     */
    public static ServerTransport server(
            InetSocketAddress address, Supplier<ServerCertificate> certificate, TransportOptions options) {
        return listening(Platform.best(), address, certificate, false, options);
    }

    /**
     * The server's end, which takes clients with a certificate only.
     *
     * @param address where to listen; port 0 takes any free one
     * @param certificate gives the server's key and certificate, and whom it trusts; asked for each connection
     * @param options the bounds
     * @return a transport that listens when told to
     */
    public static ServerTransport serverOfCertified(
            InetSocketAddress address, Supplier<ServerCertificate> certificate, TransportOptions options) {
        return listening(Platform.best(), address, certificate, true, options);
    }

    /**
     * Tries whether a server can show this, for one that is about to show it: a listener that runs takes what its supplier gives.
     *
     * @param certificate a server's key and certificate
     * @throws TransportException if they can't be used; why is in its message
     */
    public static void requireUsable(ServerCertificate certificate) throws TransportException {
        TlsContexts once = new TlsContexts(
                Platform.best().tls(),
                () -> certificate,
                !certificate.clientIssuers().isEmpty());
        try {
            once.prepare();
        } finally {
            once.close();
        }
    }

    static ServerTransport listening(
            Platform platform,
            InetSocketAddress address,
            Supplier<ServerCertificate> certificate,
            boolean clientCertificates,
            TransportOptions options) {
        return acceptor -> NettyListener.start(
                platform,
                address,
                new TlsContexts(platform.tls(), certificate, clientCertificates),
                new NettyListener.Terms(options, acceptor, clientCertificates));
    }
}
