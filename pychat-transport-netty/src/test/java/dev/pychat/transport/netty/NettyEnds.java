package dev.pychat.transport.netty;

import dev.pychat.testkit.TestCertificates;
import dev.pychat.testkit.transport.TransportUnderTest;
import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.Listener;
import dev.pychat.transport.ServerTransport;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** The server's end on Netty, the client's over the JDK's sockets. */
record NettyEnds(Platform platform) implements TransportUnderTest {

    static final InetAddress HERE = InetAddress.getLoopbackAddress();
    static final TestCertificates SERVER = TestCertificates.selfSigned("localhost", "127.0.0.1");
    static final ServerCertificate SHOWN = shown(SERVER);

    static ServerCertificate shown(TestCertificates certificates) {
        return ServerCertificate.of(certificates.keys().getPrivate(), List.of(certificates.certificate()));
    }

    @Override
    public ServerTransport server(TransportOptions options) {
        return NettyTransport.listening(platform, new InetSocketAddress(HERE, 0), () -> SHOWN, false, options);
    }

    @Override
    public ClientTransport client(ServerTransport server, Listener listener, TransportOptions options) {
        return TlsSocketTransport.client(
                "127.0.0.1", listener.port(), ServerTrust.certificates(List.of(SERVER.certificate())), options);
    }
}
