package dev.pychat.transport;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * TLS 1.3 over the JDK's sockets, ALPN {@code pychat/1} required on both ends.
 *
 * <p>Thread-safe: it has no state.
 */
public final class TlsSocketTransport {

    private TlsSocketTransport() {}

    /**
     * The server's end.
     *
     * @param address where to listen; port 0 takes any free one
     * @param context gives the server's key and certificate; asked for each connection, so that they can be renewed
     * @param options the bounds
     * @return a transport that listens when told to
     */
    public static ServerTransport server(
            InetSocketAddress address, Supplier<SSLContext> context, TransportOptions options) {
        return listening(address, context, false, options);
    }

    /**
     * The server's end, which takes clients with a certificate only. Whom it trusts is the context's affair: one without trust
     * managers of its own takes what the roots of the Java platform lead to.
     *
     * @param address where to listen; port 0 takes any free one
     * @param context gives the server's key and certificate, and whom it trusts; asked for each connection
     * @param options the bounds
     * @return a transport that listens when told to
     */
    public static ServerTransport serverOfCertified(
            InetSocketAddress address, Supplier<SSLContext> context, TransportOptions options) {
        return listening(address, context, true, options);
    }

    private static ServerTransport listening(
            InetSocketAddress address,
            Supplier<SSLContext> context,
            boolean clientCertificates,
            TransportOptions options) {
        return acceptor -> {
            TlsListener listener = new TlsListener(Binding.of(address), context, clientCertificates, options, acceptor);
            listener.start();
            return listener;
        };
    }

    /**
     * The client's end.
     *
     * @param host the server's name or address, which its certificate is checked against
     * @param port its port, 1 to 65,535
     * @param trust whom to trust
     * @param options the bounds
     * @return a transport that connects when told to
     * @throws IllegalArgumentException if the port is out of range
     */
    public static ClientTransport client(String host, int port, ServerTrust trust, TransportOptions options) {
        return client(host, port, trust, Optional.empty(), options);
    }

    /**
     * The client's end, which has a certificate for a server that asks for one.
     *
     * @param host the server's name or address, which its certificate is checked against
     * @param port its port, 1 to 65,535
     * @param trust whom to trust
     * @param own the client's certificate
     * @param options the bounds
     * @return a transport that connects when told to
     * @throws IllegalArgumentException if the port is out of range
     */
    public static ClientTransport client(
            String host, int port, ServerTrust trust, ClientCertificate own, TransportOptions options) {
        return client(host, port, trust, Optional.of(own), options);
    }

    private static ClientTransport client(
            String host, int port, ServerTrust trust, Optional<ClientCertificate> own, TransportOptions options) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + ", allowed are 1 to 65535");
        }
        return TlsClient.of(host, port, trust, own, options);
    }
}
