package dev.pychat.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.server.ChatServer;
import dev.pychat.server.HashCost;
import dev.pychat.server.ServerOptions;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.testkit.TestCertificates;
import dev.pychat.transport.ServerTransport;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.Failure;
import dev.pychat.wire.FrameDecoder;
import dev.pychat.wire.ProtocolVersion;
import dev.pychat.wire.ServerFrame;
import dev.pychat.wire.WireLimits;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** Peers that begin and do not go on, over a real TLS socket. */
class SlowPeerTest {

    @Test
    void halfAFrameAndThenSilenceEndsTheConnectionAndIsToldSo() throws Exception {
        TestCertificates certificates = TestCertificates.selfSigned("localhost");
        TransportOptions hasty = TransportOptions.with(options -> options.frameTimeout(Duration.ofMillis(300)));
        ServerTransport tls = TlsSocketTransport.server(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), certificates::serverContext, hasty);
        ServerOptions options = ServerOptions.builder(MemoryServerStores.create(new SecureRandom()))
                .transport(tls)
                .hashCost(new HashCost(HashCost.MIN))
                .passwordFloor(new PasswordCost(8, 1, 1))
                .build();
        try (ChatServer server = ChatServer.start(options);
                SSLSocket socket = connect(certificates, server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(new byte[] {0, 0, 0, 50, 0, 40, '{', '"', 't', '"'});
            out.flush();
            FrameDecoder<ServerFrame> decoder =
                    FrameDecoder.ofServerFrames(WireLimits.MAX_FRAME, WireLimits.MAX_HEADER);
            ByteBuffer received = ByteBuffer.wrap(socket.getInputStream().readAllBytes());
            assertThat(decoder.decode(received))
                    .contains(new Failure(
                            0, ErrorCode.TIMED_OUT, "a frame was begun and not finished within 300 milliseconds"));
            assertThat(received.hasRemaining()).isFalse();
        }
    }

    private static SSLSocket connect(TestCertificates certificates, int port) throws Exception {
        SSLSocket socket = (SSLSocket)
                certificates.clientContext().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {ProtocolVersion.ALPN});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(Math.toIntExact(RawClient.PATIENCE.toMillis()));
        socket.startHandshake();
        return socket;
    }
}
