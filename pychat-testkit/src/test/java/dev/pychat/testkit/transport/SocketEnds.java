package dev.pychat.testkit.transport;

import dev.pychat.testkit.TestCertificates;
import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.Listener;
import dev.pychat.transport.ServerTransport;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** The two ends over the JDK's TLS sockets. */
final class SocketEnds implements TransportUnderTest {

    static final TestCertificates SERVER = TestCertificates.selfSigned("localhost", "127.0.0.1");

    @Override
    public ServerTransport server(TransportOptions options) {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return TlsSocketTransport.server(address, SERVER::serverContext, options);
    }

    @Override
    public ClientTransport client(ServerTransport server, Listener listener, TransportOptions options) {
        return TlsSocketTransport.client(
                "127.0.0.1", listener.port(), ServerTrust.certificates(List.of(SERVER.certificate())), options);
    }
}
