package dev.pychat.ref.client;

import dev.pychat.server.ChatServer;
import dev.pychat.server.ServerLimits;
import dev.pychat.server.ServerOptions;
import dev.pychat.store.ServerStores;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.testkit.TestCertificates;
import dev.pychat.transport.ServerTransport;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;

/** A server on this machine over real TLS, at the costs of production, with a certificate of its own. */
final class TlsServer implements AutoCloseable {
    private final ChatServer server;

    private TlsServer(ChatServer server) {
        this.server = server;
    }

    static TlsServer start(int port, TestCertificates certificates) throws Exception {
        return start(port, certificates, MemoryServerStores.create(new SecureRandom()));
    }

    static TlsServer start(int port, TestCertificates certificates, ServerStores stores) throws Exception {
        return over(TlsSocketTransport.server(at(port), certificates::serverContext, TransportOptions.DEFAULT), stores);
    }

    /** One that takes clients only with a certificate that leads to the given issuer. */
    static TlsServer startForCertified(TestCertificates certificates, TestCertificates issuer) throws Exception {
        return over(
                TlsSocketTransport.serverOfCertified(
                        at(0), () -> certificates.serverContext(issuer), TransportOptions.DEFAULT),
                MemoryServerStores.create(new SecureRandom()));
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static TlsServer over(ServerTransport transport, ServerStores stores) throws Exception {
        return new TlsServer(ChatServer.start(ServerOptions.builder(stores)
                .transport(transport)
                // A busy machine makes keys slowly.
                .limits(ServerLimits.builder().signInTime(Duration.ofMinutes(5)).build())
                .build()));
    }

    ChatServer server() {
        return server;
    }

    int port() {
        return server.port();
    }

    String address() {
        return "localhost:" + port();
    }

    @Override
    public void close() {
        server.close();
    }
}
